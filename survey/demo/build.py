"""Fills an empty database with the demonstration and processes it. Commits."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from flask import current_app
from flask_security import hash_password
from sqlalchemy import insert
from tqdm import tqdm

from survey import clock, jobs
from survey.config import Settings
from survey.demo.cases import follow_up
from survey.demo.duty import fill_roster
from survey.demo.improvements import improve
from survey.demo.invitations import invite
from survey.demo.labels import give_labels
from survey.demo.ledger import begin, know_totals
from survey.demo.organisation import PEOPLE, SERVICES, UNITS
from survey.demo.password import demo_password
from survey.demo.responses import Maker
from survey.demo.rules import watch
from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.models import Link, Response, ServiceType, Unit, User, Version

BATCH = 1000
# short address, questionnaire, unit, service type, language, channel
DEMO_LINKS = (
    ("demozh", "ward-five", "orthopaedics", "inpatient", "zh_Hans", "qr"),
    ("demoen", "nhs-fft", "emergency", "outpatient", "en", "qr"),
    ("demopower", "power-hall", "east-hall", "bill", None, "kiosk"),
)


def build(responses: int, seed: int) -> None:
    settings: Settings = current_app.extensions["settings"]
    ids = _organisation() | _services()
    _people(settings, ids)
    fill_roster(ids, clock.today(settings.timezone))
    versions = _questionnaires()
    _links(versions, ids)
    last = clock.today(settings.timezone) - timedelta(days=1)
    rows = list(Maker(seed, last, settings.timezone, versions, ids).rows(responses))
    for start in range(0, len(rows), BATCH):
        db.session.execute(insert(Response), rows[start : start + BATCH])
    by_text_message = [row for row in rows if row["channel"] == "sms"]
    if by_text_message:
        invite(by_text_message, by_text_message[0]["questionnaire_id"], clock.now(), seed)
    questionnaires = {code: version.questionnaire_id for code, version in versions.items()}
    improve(ids, questionnaires, last)
    watch(ids, questionnaires, last)
    _beside(rows, seed, last)
    db.session.commit()
    with tqdm(total=len(rows), desc="Demonstration", unit=" responses", leave=False) as bar:
        jobs.process_waiting(bar.update)
    follow_up(seed)
    give_labels(seed)


def _beside(rows: list[dict[str, Any]], seed: int, last: date) -> None:
    begin(rows, seed)
    for one in {row["questionnaire_id"] for row in rows}:
        asked = {row["service_type_id"] for row in rows if row["questionnaire_id"] == one}
        know_totals(one, asked, last, clock.now())


def _organisation() -> dict[str, int]:
    made: dict[str, Unit] = {}
    for position, given in enumerate(UNITS):
        parent = made.get(given.parent or "")
        unit = Unit(code=given.code, kind=given.kind, names=given.names, parent=parent, position=position)
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        made[given.code] = unit
    return {f"unit:{code}": unit.id for code, unit in made.items()}


def _services() -> dict[str, int]:
    made = [ServiceType(code=s.code, names=s.names, position=i) for i, s in enumerate(SERVICES)]
    db.session.add_all(made)
    db.session.flush()
    return {f"service:{service.code}": service.id for service in made}


def _people(settings: Settings, ids: dict[str, int]) -> None:
    password = hash_password(demo_password(settings))
    for name, email, role, unit, locale in PEOPLE:
        person = User(
            name=name,
            email=email,
            role=role,
            locale=locale,
            password=password,
            fs_uniquifier=uuid.uuid4().hex,
        )
        person.unit_id = ids[f"unit:{unit}"] if unit else None
        db.session.add(person)
    db.session.flush()


def _questionnaires() -> dict[str, Version]:
    """All questionnaires of the library as drafts; those with responses are published."""
    drafts = {code: save_draft(library.document(code)) for code in library.codes()}
    used = {unit.questionnaire for unit in UNITS if unit.questionnaire}
    for code in used:
        publish(drafts[code])
    return {code: drafts[code] for code in used}


def _links(versions: dict[str, Version], ids: dict[str, Any]) -> None:
    for code, questionnaire, unit, service, locale, channel in DEMO_LINKS:
        link = Link(code=code, label="Demo", channel=channel, locale=locale, created_at=clock.now())
        link.questionnaire_id = versions[questionnaire].questionnaire_id
        link.unit_id = ids[f"unit:{unit}"]
        link.service_type_id = ids[f"service:{service}"]
        db.session.add(link)
    db.session.flush()
