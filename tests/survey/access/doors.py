"""Every route of the application, and to whom it opens. A route that is not here fails the build: add its line.

    Door(endpoint, who, argument=kind, ..., asks={...}, sends={...})

`who` is one letter a role that is let in: A administrator, Q quality manager, H head of unit, S staff,
U auditor; EVERYBODY also without signing in. Anybody else gets 403, a stranger the sign-in page.
Arguments of the address, parameters of a GET (`asks`) and fields of a POST (`sends`) are a kind of object that
tests/survey/access/world.py makes (own, foreign, missing), or plain text, or a tuple of texts to try each.
A foreign object and a missing one must answer with the same 404.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.results.pages import PAGES
from tests.survey.access.case_doors import CASE_DOORS, RESULTS, SIGNED_IN
from tests.survey.access.sent import ACTION, LIMIT, REPLY, RULE, TARGET, TURN
from tests.survey.access.theme_doors import THEME_DOORS
from tests.survey.access.world import Kind

EVERYBODY = "AQHSU-"
HALF_SIGNED_IN = ""  # only between password and code: everybody else is sent away, see the matrix
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    endpoint: str
    who: str
    arguments: Values
    asks: Values
    sends: Values
    also: int  # a status that is right here too, though it refuses elsewhere


def door(
    endpoint: str,
    who: str,
    *,
    asks: Values | None = None,
    sends: Values | None = None,
    also: int = 0,
    **arguments: Any,
) -> Door:
    return Door(endpoint, who, arguments, asks or {}, sends or {}, also)


UNIT = {"unit": Kind.UNIT}
ALL = {"period": "all"}
ORDER = ("up", "down", "close", "reopen", "delete")

DOORS = [
    # the respondents' pages
    door("respond.link", EVERYBODY, code=Kind.LINK_CODE),
    door("respond.kiosk", EVERYBODY, code=Kind.LINK_CODE),
    door("respond.invitation", EVERYBODY, token=Kind.TOKEN),
    door("respond.receipt", EVERYBODY, receipt=Kind.RECEIPT),
    door("respond.kiosk_receipt", EVERYBODY, code="any", receipt=Kind.RECEIPT),
    door("respond.receipts", EVERYBODY, sends={"receipt": Kind.RECEIPT}),
    door("respond.answers", EVERYBODY, receipt=Kind.RECEIPT),
    door("respond.erase", EVERYBODY, receipt=Kind.RECEIPT),
    door("respond.replies", EVERYBODY, code="any", also=404),
    door("respond.follow", EVERYBODY, receipt=Kind.RECEIPT),
    # for machines that watch
    door("watch.alive", EVERYBODY),
    door("watch.ready", EVERYBODY, also=503),  # a test's database is made without migrations
    door("watch.metrics", EVERYBODY),  # from this machine, or with a token
    door("watch.operation", "A"),
    door("watch.retry", "A", sends={"all": "1"}),
    door("watch.jobs", "A"),
    door("watch.run", "A", sends={"job": "make_reports"}),
    # messages
    door("messages.index", "A"),
    door("messages.again", "A", sends={"all": "1"}),
    door("messages.test", "A", sends={"channel": "in_app"}),
    door("channels.index", "A"),
    door("channels.sms", "A", provider=("aliyun", "log")),
    door("channels.hosts", "A"),
    door("channels.new", "A", channel=("wecom", "dingtalk", "feishu", "webhook")),
    door("channels.edit", "A", number=Kind.ENDPOINT),
    door("channels.do", "A", number=Kind.ENDPOINT, act=("test", "close", "reopen")),
    door("message_texts.index", "A"),
    door("message_texts.edit", "A", name="test", language=("en", "zh_Hans", "zh_Hant")),
    door("notices.index", SIGNED_IN),
    door("notices.read", SIGNED_IN),
    door("notices.open_one", SIGNED_IN, number=Kind.NOTICE),
    door("notices.choices", SIGNED_IN),
    door("no_more.unsubscribe", EVERYBODY, token="no-such-token", also=404),
    # files
    door("static", EVERYBODY, filename=Kind.FILE),
    door("static_files.plotly", EVERYBODY, version=Kind.PLOTLY),
    # signing in
    door("security.login", EVERYBODY),
    door("security.logout", EVERYBODY),
    door("security.forgot_password", EVERYBODY),
    door("security.reset_password", EVERYBODY, token="no-such-token"),
    door("security.tf_select", HALF_SIGNED_IN),
    door("security.two_factor_token_validation", HALF_SIGNED_IN),
    door("security.two_factor_rescue", HALF_SIGNED_IN),
    door("security.mf_recovery", HALF_SIGNED_IN),
    # one's own account
    door("home.index", SIGNED_IN),
    door("home.language", SIGNED_IN, sends={"locale": "en"}),
    door("accounts.me", SIGNED_IN),
    door("accounts.sign_out_everywhere", SIGNED_IN),
    door("security.change_password", SIGNED_IN),
    door("security.verify", SIGNED_IN),
    door("security.two_factor_setup", SIGNED_IN),
    door("security.two_factor_setup_validate", SIGNED_IN, token="no-such-token"),
    door("security.mf_recovery_codes", SIGNED_IN),
    # everybody's accounts
    door("users.index", "A"),
    door("users.new", "A"),
    door("users.import_file", "A"),
    door("users.edit", "A", user_id=Kind.PERSON),
    door("users.link", "A", user_id=Kind.PERSON),
    door(
        "users.do", "A", user_id=Kind.PERSON, act=("close", "reopen", "end-sessions", "reset-second-factor")
    ),
    # units and service types
    door("organisation.index", "A"),
    door("organisation.new_unit", "A", asks={"parent": Kind.UNIT}),
    door("organisation.unit", "A", code=Kind.UNIT),
    door("organisation.move", "A", code=Kind.UNIT),
    door("organisation.do", "A", code=Kind.UNIT, act=ORDER),
    door("organisation.import_file", "A", what=("units", "service-types")),
    door("organisation.service_types", "A"),
    door("organisation.new_service_type", "A"),
    door("organisation.service_type", "A", code=Kind.SERVICE_TYPE),
    door("organisation.do_service_type", "A", code=Kind.SERVICE_TYPE, act=ORDER),
    # questionnaires: the same for the whole organisation
    door("design.index", RESULTS),
    door("design.shelf", RESULTS),
    door("design.shelf_phone", RESULTS, code=Kind.SHELF, locale="en"),
    door("design.shelf_preview", RESULTS, code=Kind.SHELF, locale="en"),
    door("design.take", "AQ", code=Kind.SHELF),
    door("design.new", "AQ"),
    door("design.show", RESULTS, code=Kind.QUESTIONNAIRE),
    door("design.edit", "AQ", code=Kind.QUESTIONNAIRE),
    door(
        "design.do",
        "AQ",
        code=Kind.QUESTIONNAIRE,
        act=("publish", "delete-draft", "retire", "bring-back"),
    ),
    door("design.download", RESULTS, code=Kind.QUESTIONNAIRE, number="1"),
    door("design.phone", RESULTS, code=Kind.QUESTIONNAIRE, number="1", locale="en"),
    door("design.preview", RESULTS, code=Kind.QUESTIONNAIRE, number="1", locale="en"),
    # links and invitations
    door("distribute.index", "AQH", asks=UNIT),
    door(
        "distribute.new",
        "AQH",
        asks={"questionnaire": Kind.QUESTIONNAIRE},
        sends={"unit": Kind.UNIT, "service_type": Kind.SERVICE_TYPE, "channel": "qr", "locale": ""},
    ),
    door("distribute.show", "AQH", number=Kind.LINK),
    door("distribute.edit", "AQH", number=Kind.LINK),
    door("distribute.pause", "AQH", number=Kind.LINK),
    door("distribute.resume", "AQH", number=Kind.LINK),
    door("distribute.close", "AQH", number=Kind.LINK),
    door("distribute.code", "AQH", number=Kind.LINK, kind=("svg", "png")),
    door("distribute.poster_page", "AQH", number=Kind.LINK),
    door("distribute.invitations.index", "AQH"),
    door("distribute.invitations.new", "AQH"),
    door("distribute.invitations.show", "AQH", number=Kind.BATCH),
    door("distribute.invitations.links", "AQH", number=Kind.BATCH),
    door("distribute.invitations.report", "AQH", number=Kind.BATCH),
    door("distribute.invitations.check", "AQH", number=Kind.UPLOAD),
    door("distribute.invitations.make", "AQH", number=Kind.UPLOAD),
    door("distribute.invitations.discard", "AQH", number=Kind.UPLOAD),
    # topics of comments: the same for the whole organisation
    door("topics.index", "A", asks={"sector": ("hospital", "no-such")}),
    door("topics.terms", "A", asks={"about": "price"}, sends={"about": "price", "terms": "tariff zone*"}),
    door(
        "topics.new",
        "A",
        sends={"name_en": "Parrots", "name_zh_hans": "鹦鹉", "name_zh_hant": "鸚鵡", "terms": "parrot*"},
    ),
    door("topics.end_term", "A", number="1", also=404),
    door("topics.end_topic", "A", code="parrots", also=404),
    # figures and comments
    door(
        "known_totals.show",
        "AQ",
        code=Kind.QUESTIONNAIRE,
        sends={
            "margin": "channel",
            "totals": "web 10\nqr 20",
            "source": "the till",
            "as_of": "2026-01-01",
        },
    ),
    door("results.overview", RESULTS, asks=UNIT | ALL),
    door("results.comments", RESULTS, asks=UNIT | ALL),
    *(door(name, who, **more) for name, who, more in THEME_DOORS),
    door("labelling.page", "AQH", language="en", asks={"mode": ("teach", "measure")}),
    door("labelling.label", "AQH", language="en", sends={"comment": Kind.COMMENT, "label": "neutral"}),
    door("labelling.back", "AQH", language="en"),
    door("labelling.reading", RESULTS),
    door("labelling.learn", "A", language="en"),
    door("labelling.choose", "A", language="en", number="0"),
    door("explorer.label", "AQH", response_id=Kind.RESPONSE, code="why", sends={"label": "neutral"}),
    door("explorer.topics", "AQH", response_id=Kind.RESPONSE, code="why", sends={"topic-price": "negative"}),
    door("explorer.file", "AQU", asks=UNIT | ALL),
    door("originals.show", "A", response_id=Kind.RESPONSE, code="why", sends={"reason": "to call back"}),
    door("results.chart", RESULTS, code=Kind.CHART, asks=UNIT | ALL),
    door("results.page", RESULTS, page=tuple(PAGES), asks=UNIT | ALL),
    door("results.page_chart", RESULTS, page="trend", code=Kind.CHART, asks=UNIT | ALL),
    door("comparing.show", RESULTS, asks=UNIT | ALL),
    door("comparing.chart", RESULTS, code="groups", asks=UNIT | ALL, also=404),
    # reports of a period
    door("reports.index", RESULTS),
    door(
        "reports.ask",
        RESULTS,
        sends={
            "questionnaire": "small",
            "unit": Kind.UNIT,
            "kind": "month",
            "month": "2026-03",
            "until": "",
            "language": "en",
        },
    ),
    door("reports.show", RESULTS, number=Kind.REPORT),
    door("reports.check", RESULTS, number=Kind.REPORT),
    door("reports.state", RESULTS, number=Kind.REPORT),
    door("reports.file", RESULTS, number=Kind.REPORT, kind=("pdf", "xlsx")),
    door("reports.again", RESULTS, number=Kind.REPORT),
    door("checking.figure", RESULTS, kind="means", asks={"first": "6.50±0.25", "first_n": "50"}),
    door("results.freeze", "AQ", page="trend", asks=UNIT | ALL, sends={"reason": "Nothing was changed"}),
    door("feedback.summary", SIGNED_IN, asks=UNIT),
    door("digests.show", SIGNED_IN),
    door("digests.store", SIGNED_IN, sends={"cadence": "daily", "hour": "8", "timezone": "Asia/Shanghai"}),
    door("digests.send", SIGNED_IN),
    # what is done to get better
    *(door(name, who, **more) for name, who, more in CASE_DOORS),
    door("actions.index", RESULTS),
    door("actions.show", RESULTS, number=Kind.ACTION),
    door("actions.chart", RESULTS, number=Kind.ACTION, code="effect"),
    door(
        "actions.new", "AQH", asks={"questionnaire": Kind.QUESTIONNAIRE}, sends=ACTION | {"units": Kind.UNIT}
    ),
    door("actions.amend", "AQH", number=Kind.ACTION, sends=ACTION | {"units": Kind.UNIT, "why": "a slip"}),
    door("actions.stop", "AQH", number=Kind.ACTION, sends={"why": "done"}),
    door("rules.alerts", RESULTS),
    door("rules.index", RESULTS),
    door("rules.show", RESULTS, number=Kind.RULE, asks={"days": "90"}),
    door("rules.new", "AQ", asks={"questionnaire": Kind.QUESTIONNAIRE}, sends=RULE | {"unit": Kind.UNIT}),
    door("rules.change", "AQ", number=Kind.RULE, sends=RULE | {"unit": Kind.UNIT}),
    door("rules.switch", "AQ", number=Kind.RULE, state=("on", "off")),
    door("targets.index", RESULTS, asks=UNIT | ALL),
    door("targets.chart", RESULTS, code="target-staff-csat", asks=UNIT | ALL),
    door("targets.new", "AQ", asks={"questionnaire": Kind.QUESTIONNAIRE}, sends=TARGET | {"unit": Kind.UNIT}),
    door("replies.index", RESULTS),
    door("replies.new", "AQH", sends=UNIT | REPLY),
    door("replies.edit", "AQH", number=Kind.REPLY, sends=UNIT | REPLY),
    door("replies.do", "AQH", number=Kind.REPLY, deed=("release", "withdraw"), also=409),
    door("targets.end", "AQ", number=Kind.TARGET, sends={"valid_to": "2026-12-31"}),
    door("targets.benchmarks", RESULTS),
    door("targets.benchmarks_file", RESULTS),
    door("targets.import_file", "AQ"),
    door("targets.remove_benchmark", "AQ", number=Kind.BENCHMARK),
    # who is there when
    door("duty.index", SIGNED_IN, asks=UNIT),
    door("duty.unit", SIGNED_IN, code=Kind.UNIT),
    door("duty.new_turn", "AQH", code=Kind.UNIT, sends=TURN),
    door("duty.remove_turn", "AQH", number=Kind.TURN),
    door("duty.absences", "AQH"),
    door("duty.new_absence", "AQH", sends={"first_on": "2027-01-01", "last_on": "2027-01-02"}),
    door("duty.remove_absence", "AQH", number=Kind.ABSENCE),
    door("duty.calendar", "AQH", code=Kind.UNIT, sends={"own": "", "timezone": "Asia/Tokyo"}),
    door("duty.new_day", "AQH", code=Kind.UNIT, sends={"day": "2027-01-01", "kind": "holiday"}),
    door("duty.remove_day", "AQH", number=Kind.DAY),
    door("duty.import_file", "AQH", code=Kind.UNIT),
    door("duty.limits", "AQH", code=Kind.UNIT, sends=LIMIT),
    door("trail.index", "AU"),
    door("trail.file", "AU"),
    # what a person asks to see or to be deleted, and how long anything is kept
    door("privacy.index", "A"),
    door("privacy.find", "A", sends={"by": "receipt", "sought": Kind.RECEIPT}),
    door("privacy.file", "A", sends={"by": "receipt", "sought": Kind.RECEIPT}),
    door("privacy.erase", "A", sends={"by": "receipt", "sought": Kind.RECEIPT}),
    door("privacy.keeping", "A", code=Kind.QUESTIONNAIRE),
    door("export.index", "AQU"),
    door("export.file", "AQU", asks={"questionnaire": "small", "language": "en"}),
    # imports
    door("intake.index", "A"),
    door("intake.upload", "A"),
    door("intake.run", "A", number=Kind.RUN),
    door("intake.state", "A", number=Kind.RUN),
    door("intake.check", "A", number=Kind.RUN),
    door("intake.start", "A", number=Kind.RUN),
    door("intake.remove", "A", number=Kind.RUN),
    door("intake.rejected", "A", number=Kind.RUN),
]
