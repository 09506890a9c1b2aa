"""An organisation of two branches: every person of the matrix counts for one of them, the other is foreign.

Everything foreign carries the word in FOREIGN, so that a page which shows any of it is found.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask_security import hash_password
from sqlalchemy import select

from survey import clock, static_files
from survey.actions.service import Terms, register
from survey.config import Settings
from survey.design.service import save_draft
from survey.distribute import uploads
from survey.extensions import db
from survey.intake.uploads import file_of, rejected_of
from survey.models import (
    Action,
    Batch,
    Benchmark,
    Case,
    CaseCause,
    ImportRun,
    Invitation,
    Link,
    Questionnaire,
    Rule,
    ServiceEvent,
    ServiceType,
    Target,
    Unit,
    User,
)
from survey.processing import invitation_tallies
from survey.respond.openings import token_hash
from survey.targets.service import set_target
from tests import factories
from tests.survey.access import papers, told
from tests.survey.access.kinds import Kind as Kind
from tests.survey.access.kinds import Whose as Whose
from tests.survey.access.parts import followed_up
from tests.survey.access.rostered import roster
from tests.survey.alerts.making import rule as unhappy_rule
from tests.survey.figures.organisation import process

FOREIGN = "zebra"
DAY = date(2026, 3, 3)
EVENTS = "reference,unit,service_type,when,language\nA-1,{unit},stay,2026-05-04 10:00,en\n"


MISSING: dict[Kind, Any] = {
    Kind.UNIT: "no-such-unit",
    Kind.SERVICE_TYPE: "no-such-type",
    Kind.QUESTIONNAIRE: "no-such",
    Kind.SHELF: "no-such",
    Kind.CASE: "NOSUCHCASE",
    Kind.CAUSE: 987654,
    **dict.fromkeys(
        (Kind.LINK, Kind.ACTION, Kind.TARGET, Kind.RULE, Kind.REPLY)
        + (Kind.BENCHMARK, Kind.TURN, Kind.ABSENCE, Kind.DAY, Kind.DRILL),
        987654,
    ),
    Kind.LINK_CODE: "nosuchlink",
    Kind.TOKEN: "t" * 32,
    Kind.RECEIPT: "0000-0000-0000",
    Kind.CHART: "no-such-chart",
    Kind.COMMENT: f"{uuid.UUID(int=7).hex}~why",
    Kind.FILE: "no-such.css",
    Kind.PLOTLY: "0",
} | {
    Kind(kind): uuid.UUID(int=7)
    for kind in ("evidence", "notice", "endpoint", "batch", "upload", "person", "run", "report", "response")
}


@dataclass
class Branch:
    """What one branch has."""

    unit: Unit
    ward: Unit
    link: Link
    batch: Batch
    token: str
    action: Action
    target: Target
    rule: Rule
    case: Case
    evidence: uuid.UUID
    receipt: str = ""
    response: uuid.UUID | None = None


@dataclass
class World:
    settings: Settings
    service: ServiceType
    questionnaire: Questionnaire
    own: Branch
    foreign: Branch
    people: dict[str, str] = field(default_factory=dict)  # by the letter of doors.py: what its sessions hold
    values: dict[Whose, dict[Kind, Any]] = field(default_factory=dict)
    uploads: dict[str, uuid.UUID] = field(default_factory=dict)
    notices: dict[str, uuid.UUID] = field(default_factory=dict)

    def value(self, kind: Kind, whose: Whose, letter: str) -> Any:
        """The object of this kind as this person's address has it; None where nothing can be foreign."""
        if kind is Kind.UPLOAD and whose is Whose.OWN:
            return self.uploads.get(letter)
        if kind is Kind.NOTICE and whose is Whose.OWN:
            return self.notices.get(letter)
        return self.values[whose].get(kind)

    def files(self) -> None:
        """Puts back what requests may have removed beside the database."""
        run = db.session.get_one(ImportRun, self.values[Whose.OWN][Kind.RUN])
        for path in (file_of(run, self.settings), rejected_of(run, self.settings)):
            Path(path).write_text("code\n1\n")


ROLES = {"A": "administrator", "Q": "quality_manager", "H": "head_of_unit", "S": "staff", "U": "auditor"}


def build(settings: Settings, foreign_responses: int = 12) -> World:
    top = factories.UnitFactory(code="top", kind="headquarters")
    service = factories.ServiceTypeFactory(code="stay")
    questionnaire = factories.published()
    other = factories.UserFactory(name=f"{FOREIGN} person", unit=top, role="quality_manager")
    own = _branch("mine", top, questionnaire, service, None, 12)
    foreign = _branch(FOREIGN, top, questionnaire, service, other, foreign_responses)
    other.unit = foreign.unit
    world = World(settings, service, questionnaire, own, foreign)
    password = hash_password(factories.PASSWORD)
    people = {"everything": factories.UserFactory(role="auditor", name="Person of everything")}
    for letter, role in ROLES.items():
        unit = {"A": None, "S": own.ward}.get(letter, own.unit)
        people[letter] = factories.UserFactory(
            role=role, unit=unit, name=f"Person {letter}", password=password
        )
    world.people = {letter: person.fs_uniquifier for letter, person in people.items()}
    _values(world, other)
    for letter in "AQH":
        world.uploads[letter] = _upload(world, world.own, people[letter])
    world.notices = {letter: told.notice(person) for letter, person in people.items()}
    save_draft(factories.document(title={"en": "A draft", "zh_Hans": "草稿"}))
    process()
    papers.add(world)
    world.files()
    db.session.commit()
    return world


def _branch(
    name: str, top: Unit, about: Questionnaire, service: ServiceType, by: User | None, responses: int
) -> Branch:
    unit = factories.UnitFactory(code=name, kind="branch", parent=top)
    ward = factories.UnitFactory(code=f"{name}-ward", parent=unit)
    link = factories.link(
        code=f"{name}0001", label=f"{name} label", questionnaire=about, unit=ward, service_type=service
    )
    made = *_invited(name, about, ward, service, by), *_improved(name, about, ward), *followed_up(name, ward)
    branch = Branch(unit, ward, link, *made)
    for number in range(responses):
        given = {"staff": 1 if name == FOREIGN else 5, "why": f"{name} said comment {number}"}
        stored = factories.response(link, given, submitted_on=DAY, submitted_at=clock.now())
        branch.response = stored.id
        branch.receipt = stored.receipt = f"{name[:4].upper().replace('I', 'Y')}-0000-{number:04}"
    return branch


def _invited(
    name: str, about: Questionnaire, ward: Unit, service: ServiceType, by: User | None
) -> tuple[Batch, str]:
    token, now = (name * 40)[:32], clock.now()
    batch = Batch(questionnaire=about, label=f"{name} batch", channel="sms", created_at=now)
    batch.expires_at = now + timedelta(days=30)
    event = ServiceEvent(reference=f"{name}-1", unit=ward, service_type=service, served_at=now)
    batch.created_by = by.id if by else None
    db.session.add_all([batch, event])
    db.session.flush()
    invitation = Invitation(
        token_hash=token_hash(token),
        batch_id=batch.id,
        questionnaire_id=about.id,
        service_event_id=event.id,
        unit_id=ward.id,
        service_type_id=service.id,
        created_at=now,
        made_on=now.date(),
    )
    db.session.add(invitation)
    invitation_tallies.count(batch)
    return batch, token


def _improved(name: str, about: Questionnaire, ward: Unit) -> tuple[Action, Target, Rule]:
    terms = Terms(
        f"{name} action", "staff", "csat", DAY, "up", f"{name} gets better", f"{name} head", (ward,)
    )
    rule = unhappy_rule(
        ward, {"kind": "rating", "question": "staff", "worst": 2}, names={"en": f"{name} rule"}
    )
    target = set_target(about, ward, ("staff", "csat"), 80, (DAY, date(2026, 12, 31)), None)
    return register(about, terms, None), target, rule


def add_foreign(world: World) -> None:
    """Much more in the foreign branch: a unit, links, invitations, and answers on other days."""
    db.session.rollback()
    about, service = world.questionnaire, world.service
    other = db.session.scalars(select(User).where(User.name == f"{FOREIGN} person")).one()
    top = db.session.scalars(select(Unit).where(Unit.code == "top")).one()
    _branch(f"{FOREIGN}-second", top, about, service, other, 0)
    for day in (date(2024, 5, 5), DAY, date(2026, 10, 10)):
        for number in range(15):
            given = {"staff": 2, "why": f"{FOREIGN} said something bad {day} {number}"}
            factories.response(world.foreign.link, given, submitted_on=day, channel="kiosk", locale="zh_Hans")
    process()
    db.session.commit()


def _values(world: World, other: User) -> None:
    run = ImportRun(name="file.csv", map="", phase="checked", created_at=clock.now())
    benchmark = Benchmark(
        code="staff", metric="csat", value=80, source="A survey", population="", measured_on=DAY
    )
    benchmark.imported_at = clock.now()
    cause = CaseCause(names={"en": "Waiting"})
    db.session.add_all([run, benchmark, cause])
    db.session.flush()
    everybody = {
        Kind.SERVICE_TYPE: "stay",
        Kind.QUESTIONNAIRE: "small",
        Kind.SHELF: "ward-five",
        Kind.PERSON: other.id,
        Kind.RUN: run.id,
        Kind.ENDPOINT: told.endpoint(),
        Kind.BENCHMARK: benchmark.id,
        Kind.CAUSE: cause.id,
        Kind.CHART: "trend",
        Kind.FILE: "app.css",
        Kind.PLOTLY: static_files.fingerprint(static_files.plotly_file()),
    }
    world.values = {
        Whose.OWN: everybody | _of(world.own) | roster(world.own.ward),
        Whose.FOREIGN: _of(world.foreign)
        | roster(world.foreign.ward)
        | {Kind.NOTICE: told.notice(other)}
        | {Kind.UPLOAD: _upload(world, world.foreign, other)},
        Whose.MISSING: dict(MISSING),
    }


def _of(branch: Branch) -> dict[Kind, Any]:
    return {
        Kind.UNIT: branch.ward.code,
        Kind.LINK: branch.link.id,
        Kind.ACTION: branch.action.id,
        Kind.CASE: branch.case.public_id,
        Kind.EVIDENCE: branch.evidence,
        Kind.TARGET: branch.target.id,
        Kind.RULE: branch.rule.id,
        Kind.BATCH: branch.batch.id,
        Kind.LINK_CODE: branch.link.code,
        Kind.TOKEN: branch.token,
        Kind.RECEIPT: branch.receipt,
        Kind.RESPONSE: branch.response,
        Kind.COMMENT: f"{branch.response.hex}~why" if branch.response else None,
    }


def _upload(world: World, branch: Branch, person: User) -> uuid.UUID:
    options = {"questionnaire": "small", "channel": "sms", "label": branch.batch.label, "days": 3}
    content = EVENTS.format(unit=branch.ward.code).encode()
    return uploads.keep(f"{branch.unit.code}.csv", content, options, person).id
