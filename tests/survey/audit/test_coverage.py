"""The law of coverage, made from the URL map: what staff change or hand out leaves an entry.

Every route that takes POST stands in CHANGES with a request that succeeds, or in EXEMPT with its reason."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import audit, clock
from survey.extensions import db
from survey.models import AuditEntry, ImportRun, Link, Phase, User
from tests import factories
from tests.survey.access.asking import Kept
from tests.survey.access.world import EVENTS, Kind, Whose, World, build
from tests.survey.audit import following_up, improving, messaging, on_duty, reporting, telling
from tests.survey.figures.organisation import process
from tests.survey.intake.files import MAP

EXEMPT = (
    messaging.EXEMPT
    | {
        "respond.link": "written once, no deed of staff: see test_respondents",
        "respond.invitation": "as above",
        "respond.kiosk": "as above",
        "respond.receipts": "only leads to the page of the receipt",
        "respond.erase": "the respondent's own deed; its entry: see test_respondents",
        "security.verify": "stores nothing; a wrong password leaves an entry, see test_signing_in",
        "security.tf_select": "stores nothing",
        "security.two_factor_rescue": "stores nothing",
        "security.two_factor_setup": "begins a set-up in the session; its end leaves an entry, see test_signing_in",
        "security.two_factor_setup_validate": "see test_signing_in",
        "security.two_factor_token_validation": "see test_signing_in",
        "security.mf_recovery": "see test_signing_in",
        "security.mf_recovery_codes": "see test_signing_in",
        "security.reset_password": "see test_signing_in",
        "security.change_password": "see test_signing_in",
        "security.login": "see test_signing_in",
        "security.forgot_password": "see test_signing_in",
        "security.logout": "see test_signing_in",
    }
    | telling.EXEMPT
)
NAMES = {"name_en": "New", "name_zh_Hans": "新", "name_zh_Hant": "新"}
Given = dict[str, Any]
Expected = tuple[str, str]  # deed and kind


def _csv(text: str) -> Given:
    return {"file": (io.BytesIO(text.encode()), "file.csv")}


def _person(world: World) -> str:
    return f"/users/{world.value(Kind.PERSON, Whose.OWN, 'A')}"


def _link(world: World) -> str:
    return f"/links/{world.value(Kind.LINK, Whose.OWN, 'A')}"


def _batch(world: World) -> str:
    return f"/links/invitations/{world.value(Kind.BATCH, Whose.OWN, 'A')}/links"


def _run(world: World, phase: Phase = Phase.CHECKED) -> str:
    run = db.session.get_one(ImportRun, world.value(Kind.RUN, Whose.OWN, "A"))
    run.phase = phase
    db.session.commit()
    return f"/import/{run.id}"


def _twelve_days(world: World) -> str:
    """Enough of them to be a baseline."""
    link = db.session.get_one(Link, world.value(Kind.LINK, Whose.OWN, "A"))
    for day in range(1, 13):
        for score in (2, 5) * 6:
            factories.response(link, {"staff": score}, submitted_on=date(2026, 3, day))
    process()
    return "/results/trend?period=all&grain=day"


def _upload(world: World) -> str:
    return f"/links/invitations/check/{world.uploads['A']}"


PERSON = {"email": "new@example.org", "name": "New", "role": "auditor", "unit": "", "locale": ""}
LINK = {
    "unit": "mine-ward",
    "service_type": "stay",
    "channel": "qr",
    "locale": "",
    "label": "",
    "opens_at": "",
    "closes_at": "",
}
RECEIPT = {"by": "receipt", "sought": "MYNE-0000-0011"}
CHANGES: dict[str, tuple[str | Callable[[World], str], Given, Expected]] = {
    "users.new": ("/users/new", PERSON, ("created", "user")),
    "users.edit": (_person, PERSON, ("changed", "user")),
    "users.link": (lambda world: _person(world) + "/link", {}, ("password_link", "user")),
    "users.do": (lambda world: _person(world) + "/close", {}, ("closed", "user")),
    "users.import_file": (
        "/users/import", {"store": "1", "text": "email,name,role\nx@example.org,X,auditor\n"}, ("created", "user")
    ),
    "organisation.new_unit": ("/organisation/new-unit", {"code": "n", "kind": "branch"} | NAMES, ("created", "unit")),
    "organisation.unit": ("/organisation/units/mine", {"kind": "branch"} | NAMES, ("changed", "unit")),
    "organisation.move": ("/organisation/units/mine-ward/move", {"parent": "top"}, ("changed", "unit")),
    "organisation.do": ("/organisation/units/mine-ward/close", {}, ("closed", "unit")),
    "organisation.import_file": (
        "/organisation/import/units", {"store": "1", "text": "code,parent,name_en\nimported,,Imported\n"}, ("created", "unit")
    ),
    "organisation.new_service_type": (
        "/organisation/new-service-type", {"code": "n"} | NAMES, ("created", "service_type")
    ),
    "organisation.service_type": ("/organisation/service-types/stay", NAMES, ("changed", "service_type")),
    "organisation.do_service_type": ("/organisation/service-types/stay/close", {}, ("closed", "service_type")),
    "design.take": ("/questionnaires/_library/ward-five", {}, ("created", "questionnaire")),
    "design.new": (
        "/questionnaires/_new", {"text": json.dumps(factories.document(code="brand-new"))}, ("created", "questionnaire")
    ),
    "design.edit": (
        "/questionnaires/small/edit",
        {"text": json.dumps(factories.document(title={"en": "Third", "zh_Hans": "三"}))},
        ("changed", "version"),
    ),
    "design.do": ("/questionnaires/small/publish", {}, ("published", "version")),
    "distribute.new": ("/links/new?questionnaire=small", LINK, ("created", "link")),
    "distribute.edit": (lambda world: _link(world) + "/edit", {"label": "Another"}, ("changed", "link")),
    "distribute.pause": (lambda world: _link(world) + "/pause", {}, ("paused", "link")),
    "distribute.resume": (lambda world: _paused(world) + "/resume", {}, ("resumed", "link")),
    "distribute.close": (lambda world: _link(world) + "/close", {}, ("closed", "link")),
    "distribute.invitations.new": (
        "/links/invitations/new",
        {"questionnaire": "small", "channel": "sms", "days": "3", "label": ""},
        ("created", "upload"),
    ),
    "distribute.invitations.make": (_upload, {}, ("created", "batch")),
    "distribute.invitations.discard": (lambda world: _upload(world) + "/discard", {}, ("deleted", "upload")),
    "distribute.invitations.report": (
        lambda world: _batch(world).removesuffix("links") + "delivery",
        _csv("reference,status\nmine-1,delivered\n"),
        ("changed", "batch"),
    ),
    "distribute.invitations.links": (
        lambda world: _batch(world), {}, ("downloaded", "batch")
    ),
    "privacy.find": ("/personal-data", RECEIPT, ("saw", "responses")),
    "privacy.file": ("/personal-data/file", RECEIPT, ("saw", "responses")),
    "privacy.erase": ("/personal-data/erase", RECEIPT | {"sure": "y"}, ("erased", "responses")),
    "privacy.keeping": (
        "/questionnaires/small/kept", {"responses": "12", "comments": "", "sure": "y"}, ("changed", "questionnaire")
    ),
    "known_totals.show": (
        "/known-totals/small",
        {"margin": "channel", "totals": "web, 10\nqr, 20", "source": "The till", "as_of": "2026-01-01"},
        ("created", "known_totals"),
    ),
    "results.freeze": (
        lambda world: _twelve_days(world),
        {"first_on": "2026-03-01", "last_on": "2026-03-12", "reason": "Nothing was changed"},
        ("created", "baseline"),
    ),
    **(improving.CHANGES | reporting.CHANGES | telling.CHANGES | on_duty.CHANGES | messaging.CHANGES | following_up.CHANGES),
    "intake.upload": ("/import/", {}, ("created", "import")),
    "intake.check": (lambda world: _run(world) + "/check", {"map": MAP}, ("changed", "import")),
    "intake.start": (lambda world: _run(world) + "/start", {}, ("changed", "import")),
    "intake.remove": (lambda world: _run(world) + "/remove", {}, ("deleted", "import")),
}  # fmt: skip
SEEN: dict[str, tuple[str | Callable[[World], str], Expected]] = {
    "results.overview": ("/results?period=all", ("saw", "results")),
    "results.chart": ("/results/chart/trend.csv?period=all", ("saw", "results")),
    "results.comments": ("/results/comments?period=all", ("saw", "comments")),
    **(improving.SEEN | reporting.SEEN | following_up.SEEN),
    "feedback.summary": ("/my-feedback", ("saw", "comments")),
    "export.file": ("/export/file?questionnaire=small&language=en&what=csv", ("exported", "responses")),
    "intake.rejected": (lambda world: _run(world) + "/rejected.csv", ("downloaded", "import")),
    "trail.index": ("/audit", ("saw", "audit")),
    "trail.file": ("/audit/file.csv", ("exported", "audit")),
}


def _paused(world: World) -> str:
    db.session.get_one(Link, world.value(Kind.LINK, Whose.OWN, "A")).paused_at = clock.now()
    db.session.commit()
    return _link(world)


def _files(endpoint: str) -> Given:
    """Opened for each request anew."""
    if endpoint == "intake.upload":
        return _csv("a\n1\n") | {"map_file": (io.BytesIO(MAP.encode()), "map.toml"), "create_units": "y"}
    return _csv(EVENTS.format(unit="mine-ward")) if endpoint == "distribute.invitations.new" else {}


def _signed_in(app: Flask, world: World) -> FlaskClient:
    client = app.test_client()
    factories.continue_session(client, world.people["A"])
    return client


def _after(number: int) -> list[Expected]:
    db.session.rollback()
    rows = db.session.execute(
        select(AuditEntry.deed, AuditEntry.thing_kind, AuditEntry.actor_kind)
        .where(AuditEntry.number > number)
        .order_by(AuditEntry.number)
    ).all()
    db.session.rollback()
    assert {row.actor_kind for row in rows} <= {"person"}
    return [(row.deed, row.thing_kind) for row in rows]


def test_every_route_that_changes_something_is_listed(app: Flask) -> None:
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posts == CHANGES.keys() | EXEMPT.keys() | following_up.EXEMPT.keys()


def test_every_change_by_staff_leaves_its_entry(app: Flask) -> None:
    world = build(app.extensions["settings"])
    kept, wrong = Kept(world), []
    for endpoint, (path, data, expected) in CHANGES.items():
        address = path if isinstance(path, str) else path(world)
        before = audit.head().number
        db.session.rollback()
        answer = _signed_in(app, world).post(address, data=data | _files(endpoint), buffered=True)
        found = _after(before)
        if answer.status_code >= 400 or expected not in found:
            wrong.append(f"{endpoint}: {answer.status_code} {found}")
        kept.put_back()
    assert not wrong, "\n".join(wrong)
    assert isinstance(audit.verify(), audit.Head)


def test_whoever_sees_raw_data_or_figures_leaves_an_entry(app: Flask) -> None:
    world = build(app.extensions["settings"])
    for path, expected in SEEN.values():
        address = path if isinstance(path, str) else path(world)
        before = audit.head().number
        assert _signed_in(app, world).get(address, buffered=True).status_code == 200
        found = _after(before)
        if address.startswith("/results/chart"):
            assert found == []  # once a day, and the overview was seen before
        else:
            assert expected in found, address


@pytest.mark.parametrize(
    "address", ["/results/comments?period=all", "/export/file?questionnaire=small&language=en&what=csv"]
)
def test_raw_data_are_not_shown_when_the_entry_cannot_be_written(app: Flask, address: str) -> None:
    world = build(app.extensions["settings"])
    client = _signed_in(app, world)
    _refuse_inserts()
    answer = client.get(address, buffered=True)
    assert answer.status_code >= 500
    assert b"said comment" not in answer.data


def test_figures_are_shown_even_when_the_entry_cannot_be_written(app: Flask) -> None:
    world = build(app.extensions["settings"])
    client = _signed_in(app, world)
    _refuse_inserts()
    assert client.get("/results?period=all").status_code == 200


def _refuse_inserts() -> None:
    app = current_app
    app.testing = app.config["TESTING"] = False  # as in production: an error is a page
    db.session.execute(
        db.text(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    )
    db.session.commit()


def test_no_entry_holds_a_secret_an_answer_or_a_respondent(app: Flask) -> None:
    world = build(app.extensions["settings"])
    client = _signed_in(app, world)
    for address, data in (
        (_upload(world), {}),
        (_batch(world), {}),
        (_person(world) + "/link", {}),
    ):
        assert client.post(address, data=data, buffered=True).status_code < 400
    for path, _expected in SEEN.values():
        client.get(path if isinstance(path, str) else path(world), buffered=True)
    held = str(db.session.execute(select(AuditEntry.__table__)).all())
    secrets = [user.fs_uniquifier for user in db.session.scalars(select(User))]
    for text in (*secrets, world.own.token, world.own.receipt, "said comment", "A-1", "mine-1", "argon2"):
        assert text not in held, text
