"""A respondent without JavaScript: reads the form as a browser does and sends it."""

from __future__ import annotations

import secrets
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from survey import clock
from survey.extensions import db
from survey.models import Batch, Invitation, Link, Questionnaire, Response, ServiceEvent
from survey.processing import invitation_tallies
from survey.respond.openings import token_hash
from tests.factories import ServiceTypeFactory, UnitFactory


class Fields(HTMLParser):
    """What a browser would send of the form on a page, but for its buttons; and what can be seen of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: MultiDict[str, str] = MultiDict()
        self.questions: list[str] = []
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-question" in given and "hidden" not in given:
            self.questions.append(given["data-question"] or "")
        if tag == "textarea":
            self._area = given["name"]
        if tag != "input" or "disabled" in given:
            return
        if given["type"] not in ("radio", "checkbox") or "checked" in given:
            self.sent.add(given["name"] or "", given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent.add(self._area, data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


class Respondent:
    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client = client
        self.address = address
        self.page: TestResponse

    def open(self, **query: str) -> Respondent:
        self.page = self.client.get(self.address, query_string=query)
        return self

    @property
    def fields(self) -> Fields:
        return Fields(self.page.text)

    @property
    def questions(self) -> list[str]:
        """The questions that can be seen."""
        return self.fields.questions

    def filled(self, **answers: Any) -> MultiDict[str, str]:
        sent = self.fields.sent
        for name, value in answers.items():
            sent.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
        return sent

    def send(self, go: str = "send", **answers: Any) -> TestResponse:
        return self.press({"_go": go}, **answers)

    def press(self, button: dict[str, str], **answers: Any) -> TestResponse:
        """Fills in, presses the button and stays on the page that answers."""
        sent = self.filled(**answers)
        sent.update(button)
        self.page = self.client.post(self.address, data=sent)
        return self.page


def at(link: Link, client: FlaskClient) -> Respondent:
    address = f"/s/{link.code}"  # read first: a read after the commit would hold SQLite's lock
    db.session.commit()
    return Respondent(client, address)


def invited(questionnaire: Questionnaire, **given: Any) -> tuple[str, Invitation]:
    """A personal invitation and its token, which is stored nowhere."""
    token = secrets.token_urlsafe(24)
    unit, service_type = UnitFactory(), ServiceTypeFactory()
    now: datetime = clock.now()
    batch = Batch(questionnaire=questionnaire, channel="sms", created_at=now)
    event = ServiceEvent(reference=token[:8], unit=unit, service_type=service_type, served_at=now)
    db.session.add_all([batch, event])
    db.session.flush()
    made = Invitation(
        token_hash=token_hash(token),
        batch_id=batch.id,
        questionnaire_id=questionnaire.id,
        service_event_id=event.id,
        unit_id=unit.id,
        service_type_id=service_type.id,
        created_at=now,
        made_on=now.date(),
        **given,
    )
    db.session.add(made)
    invitation_tallies.count(batch)
    db.session.commit()
    return token, made


def stored() -> list[Response]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Response)).all())
