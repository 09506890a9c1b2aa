"""What the database refuses by itself, whoever writes: statements are sent past models and services."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from survey import clock
from survey.extensions import db
from survey.migrating import upgrade
from survey.models import Erased, Response, Status, Version, guards
from tests import factories
from tests.survey.respond.visiting import invited

NAMED = {"privacy": factories.document()["privacy"] | {"anonymous": False}}


def _refused(statement: object) -> None:
    db.session.commit()
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _draft(**given: object) -> Version:
    version = Version(number=7, status=Status.DRAFT, created_at=clock.now(), series={}, checksum="x" * 64)
    version.definition = factories.document(**given)
    return version


@pytest.mark.parametrize("first", [{}, NAMED], ids=["anonymous", "named"])
def test_the_promise_of_anonymity_cannot_change_after_the_first_response(
    any_app: Flask, first: dict[str, object]
) -> None:
    questionnaire = factories.published(**first)
    factories.response(factories.link(questionnaire=questionnaire), {"staff": 5})
    draft = _draft(**({} if first else NAMED))
    questionnaire.versions.append(draft)
    db.session.flush()
    columns = {c.name: getattr(draft, c.name) for c in Version.__table__.columns if c.name != "id"}
    _refused(update(Version).where(Version.id == draft.id).values(status=Status.PUBLISHED))
    _refused(insert(Version).values(columns | {"number": 8, "status": Status.SUPERSEDED}))


def test_the_promise_outlives_the_response(any_app: Flask) -> None:
    questionnaire = factories.published()
    assert questionnaire.published is not None
    gone = Erased(idempotency_key="k", version_id=questionnaire.published.id, erased_on=clock.today("UTC"))
    draft = _draft(**NAMED)
    questionnaire.versions.append(draft)
    db.session.add(gone)
    db.session.flush()
    _refused(update(Version).where(Version.id == draft.id).values(status=Status.PUBLISHED))


def test_before_the_first_response_and_with_the_same_promise_versions_follow(any_app: Flask) -> None:
    questionnaire = factories.published()
    for number, given in ((8, NAMED), (9, {})):
        draft = _draft(**given)
        draft.number = number
        questionnaire.versions.append(draft)
        db.session.flush()
        draft.status = Status.SUPERSEDED
        db.session.flush()
    factories.response(factories.link(questionnaire=questionnaire), {"staff": 5})
    draft = _draft()
    questionnaire.versions.append(draft)
    db.session.flush()
    draft.status = Status.SUPERSEDED
    db.session.commit()


@pytest.mark.parametrize(
    "change", [{"definition": {"privacy": {}}}, {"checksum": "other"}, {"number": 9}, {"status": "draft"}]
)
def test_a_published_version_is_frozen_in_the_database(any_app: Flask, change: dict[str, object]) -> None:
    _refused(update(Version).where(Version.id == factories.published().versions[0].id).values(change))


def test_an_anonymous_response_cannot_be_given_an_invitation(any_app: Flask) -> None:
    questionnaire = factories.published()
    _token, invitation = invited(questionnaire)
    stored = factories.response(factories.link(questionnaire=questionnaire), {"staff": 5})
    copied = {c.name: getattr(stored, c.name) for c in Response.__table__.columns}
    other = {"id": uuid.uuid4(), "idempotency_key": "k", "receipt": "r", "invitation_id": invitation.id}
    _refused(update(Response).values(invitation_id=invitation.id))
    _refused(insert(Response).values(copied | other))


def test_a_removed_response_is_passed_over_when_it_comes_again(any_app: Flask) -> None:
    stored = factories.response(factories.link(), {"staff": 5})
    copied = {c.name: getattr(stored, c.name) for c in Response.__table__.columns}
    key, version = stored.idempotency_key, stored.version_id
    db.session.delete(stored)
    db.session.add(Erased(idempotency_key=key, version_id=version, erased_on=clock.today("UTC")))
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(insert(Response).values(copied))
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def _triggers() -> set[tuple[str, str]]:
    lite = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    other = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    )
    rows = db.session.execute(text(lite if db.engine.dialect.name == "sqlite" else other))
    return {(row[0], row[1]) for row in rows} & set(guards.TRIGGERS.items())


def test_a_migrated_database_has_the_same_guards_as_a_new_one(any_app: Flask) -> None:
    made = _triggers()
    db.session.commit()
    assert {name for name, _table in made} >= set(guards.TRIGGERS) - {"response_anonymous"}
    db.drop_all()
    db.session.commit()
    upgrade()
    assert inspect(db.engine).has_table("erased")
    assert _triggers() == made
