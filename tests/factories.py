"""Makes what a test needs, with sensible defaults; a test names only what it is about."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import factory
from factory.alchemy import SQLAlchemyModelFactory
from flask.testing import FlaskClient

from survey import clock
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.models import Link, Questionnaire, Response, ServiceType, Unit, User
from survey.questions.definition import Definition

PASSWORD = "correct horse battery staple"  # noqa: S105


class Base(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_persistence = "flush"


class UnitFactory(Base):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"unit-{n}")
    names = factory.LazyAttribute(lambda o: {"en": f"Unit {o.code}", "zh_Hans": f"科室 {o.code}"})
    kind = "department"
    parent = None

    @factory.post_generation
    def _place(self: Unit, create: bool, _extracted: Any, **_given: Any) -> None:
        self.path = (self.parent.path if self.parent else "/") + f"{self.id}/"
        db.session.flush()


class ServiceTypeFactory(Base):
    class Meta:
        model = ServiceType

    code = factory.Sequence(lambda n: f"service-{n}")
    names = factory.LazyAttribute(lambda o: {"en": f"Service {o.code}", "zh_Hans": f"服务 {o.code}"})


class UserFactory(Base):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    role = "administrator"
    fs_uniquifier = factory.LazyFunction(lambda: uuid.uuid4().hex)


class LinkFactory(Base):
    class Meta:
        model = Link

    code = factory.Sequence(lambda n: f"link{n:04}")
    unit = factory.SubFactory(UnitFactory)
    service_type = factory.SubFactory(ServiceTypeFactory)
    channel = "web"
    created_at = factory.LazyFunction(clock.now)


def bind() -> None:
    for made in (UnitFactory, ServiceTypeFactory, UserFactory, LinkFactory):
        made._meta.sqlalchemy_session = db.session  # type: ignore[attr-defined]


def sign_in(client: FlaskClient, user: User) -> None:
    """As if this person had just signed in."""
    db.session.commit()
    continue_session(client, user.fs_uniquifier)


def continue_session(client: FlaskClient, uniquifier: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = session["_id"] = uniquifier
        session["_fresh"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = datetime.now(UTC).timestamp()
        session.pop("_id")


def document(**given: Any) -> dict[str, Any]:
    """A small questionnaire: a required five-point rating with not-applicable, and a comment."""
    points = [{"value": v, "label": {"en": f"{v} points", "zh_Hans": f"{v} 分"}} for v in range(1, 6)]
    return {
        "code": "small",
        "languages": ["en", "zh_Hans"],
        "title": {"en": "Small questionnaire", "zh_Hans": "小问卷"},
        "privacy": {"notice": {"en": "We keep your answers.", "zh_Hans": "我们保存您的回答。"}},
        "sections": [
            {
                "code": "all",
                "questions": [
                    {
                        "type": "rating",
                        "code": "staff",
                        "wording": {"en": "How was the staff?", "zh_Hans": "工作人员如何？"},
                        "points": points,
                        "required": True,
                        "not_applicable": True,
                    },
                    {
                        "type": "comment",
                        "code": "why",
                        "wording": {"en": "Why?", "zh_Hans": "为什么？"},
                        "purpose": "why",
                    },
                ],
            }
        ],
    } | given


def definition(**given: Any) -> Definition:
    return Definition.model_validate(document(**given))


def response(link: Link, answers: dict[str, Any], **given: Any) -> Response:
    """A stored, unprocessed response through a link, not by way of the pages."""
    version = link.questionnaire.published
    key = uuid.uuid4().hex
    at = given.pop("submitted_at", clock.now())
    made = Response(
        idempotency_key=key,
        receipt=key[:12],
        questionnaire_id=version.questionnaire_id,
        version_id=version.id,
        unit_id=link.unit_id,
        service_type_id=link.service_type_id,
        channel=link.channel,
        locale="en",
        answers=answers,
        submitted_at=at,
        submitted_on=given.pop("submitted_on", clock.day_of(at, "Asia/Shanghai")),
    )
    for name, value in given.items():
        setattr(made, name, value)
    db.session.add(made)
    db.session.flush()
    return made


def published(**given: Any) -> Questionnaire:
    """A published questionnaire with `document(**given)`."""
    version = save_draft(document(**given))
    publish(version)
    return version.questionnaire


def link(**given: Any) -> Link:
    """An open link to a published questionnaire."""
    given.setdefault("questionnaire", None)
    given["questionnaire"] = given["questionnaire"] or published()
    made: Link = LinkFactory(**given)
    return made
