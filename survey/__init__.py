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
from survey.checking.routes import blueprint as checking
from survey.config import ROOT, Settings, flask_config, read_settings
from survey.design.routes import blueprint as design
from survey.distribute.routes import blueprint as distribute
from survey.export.routes import blueprint as export
from survey.extensions import compress, csrf, db, limiter, mail
from survey.feedback.routes import blueprint as feedback
from survey.home.routes import blueprint as home
from survey.intake.routes import blueprint as intake
from survey.known_totals.routes import blueprint as known_totals
from survey.organisation.routes import blueprint as organisation
from survey.privacy.routes import blueprint as privacy
from survey.reports.routes import blueprint as reports
from survey.respond.routes import blueprint as respond
from survey.results.comparing.routes import blueprint as comparing
from survey.results.originals import blueprint as originals
from survey.results.routes import blueprint as results
from survey.targets.routes import blueprint as targets
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
    originals,
    checking,
    known_totals,
    actions,
    targets,
    reports,
    feedback,
    intake,
    export,
    watch,
    trail,
    privacy,
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
