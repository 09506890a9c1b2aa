"""create_app(): wires the parts, no behaviour."""

from __future__ import annotations

from flask import Flask

from survey import (
    accounts,
    commands,
    errors,
    jobs,
    logs,
    names,
    request_log,
    requests,
    static_files,
    translation,
)
from survey.actions.routes import blueprint as actions
from survey.application import Application
from survey.casework.cause_routes import blueprint as case_causes
from survey.casework.figure_routes import blueprint as case_figures
from survey.casework.inbox_routes import blueprint as cases
from survey.casework.routes import blueprint as case
from survey.casework.tier_routes import blueprint as case_tiers
from survey.checking.routes import blueprint as checking
from survey.config import ROOT, Settings, flask_config, read_settings
from survey.design.routes import blueprint as design
from survey.digests.routes import blueprint as digests
from survey.distribute.routes import blueprint as distribute
from survey.drills.routes import blueprint as drills
from survey.duty.pages import blueprint as duty
from survey.export.routes import blueprint as export
from survey.extensions import compress, csrf, db, limiter, mail
from survey.feedback.routes import blueprint as feedback
from survey.home.routes import blueprint as home
from survey.intake.routes import blueprint as intake
from survey.known_totals.routes import blueprint as known_totals
from survey.labelling.routes import blueprint as labelling
from survey.organisation.routes import blueprint as organisation
from survey.outbox.channel_routes import blueprint as channels
from survey.outbox.message_routes import blueprint as messages
from survey.outbox.notice_routes import blueprint as notices
from survey.outbox.notice_routes import no_more
from survey.outbox.text_routes import blueprint as message_texts
from survey.privacy.routes import blueprint as privacy
from survey.replies.routes import blueprint as replies
from survey.reports.routes import blueprint as reports
from survey.respond.routes import blueprint as respond
from survey.results.comparing.routes import blueprint as comparing
from survey.results.explorer import blueprint as explorer
from survey.results.originals import blueprint as originals
from survey.results.routes import blueprint as results
from survey.results.saved_view_routes import blueprint as saved_views
from survey.results.themes.routes import blueprint as themes
from survey.rules.routes import blueprint as rules
from survey.targets.routes import blueprint as targets
from survey.topics.routes import blueprint as topics
from survey.trail.routes import blueprint as trail
from survey.watch.routes import blueprint as watch

FEATURES = (
    home,
    respond,
    organisation,
    design,
    distribute,
    results,
    comparing,
    explorer,
    saved_views,
    themes,
    originals,
    labelling,
    checking,
    known_totals,
    cases,
    case_causes,
    case_tiers,
    case_figures,
    case,
    actions,
    rules,
    targets,
    duty,
    drills,
    replies,
    reports,
    feedback,
    digests,
    intake,
    export,
    watch,
    messages,
    channels,
    message_texts,
    notices,
    no_more,
    trail,
    privacy,
    topics,
)


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or read_settings()
    app = Application(
        "survey",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(flask_config(settings))
    app.extensions["settings"] = settings
    db.init_app(app)
    mail.init_app(app)
    compress.init_app(app)
    requests.register(app)  # first: signing in reads, and must not take the write lock
    app.rest_is_for_staff()
    csrf.init_app(app)
    limiter.init_app(app)
    translation.register(app)
    accounts.register(app)
    names.register(app)
    errors.register(app)
    static_files.register(app)
    for blueprint in FEATURES:
        app.register_blueprint(blueprint)
    csrf.exempt(respond)
    jobs.bind(app)
    commands.register(app)
    logs.register(app)
    request_log.register(app)  # last: it stands outside of all others
    return app
