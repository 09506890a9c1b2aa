"""Reading links and what they can be bound to, within the units a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import selectinload

from survey.access import limited, visible_units
from survey.errors import Missing
from survey.extensions import db
from survey.locales import say
from survey.models import Link, LinkState, Questionnaire, ServiceType, Status, Unit, User, Version
from survey.questions.definition import definition_of
from survey.questions.texts import Text

PAGE = 30
_INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class LinkFilter:
    questionnaire: str = ""
    unit: Unit | None = None  # with everything below it
    state: LinkState | None = None


def links(person: User, wanted: LinkFilter, at: datetime, page: int = 1) -> tuple[Sequence[Link], bool]:
    """One page, newest first, and whether there are more."""
    statement = limited(select(Link), Link.unit_id, person).order_by(Link.id.desc())
    if wanted.questionnaire:
        statement = statement.join(Link.questionnaire).where(Questionnaire.code == wanted.questionnaire)
    if wanted.unit is not None:
        below = select(Unit.id).where(Unit.path.startswith(wanted.unit.path, autoescape=True))
        statement = statement.where(Link.unit_id.in_(below))
    if wanted.state is not None:
        statement = statement.where(in_state(wanted.state, at))
    loaded = selectinload(Link.questionnaire).selectinload(Questionnaire.versions)
    found = db.session.scalars(statement.options(loaded).offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    return found[:PAGE], len(found) > PAGE


def in_state(state: LinkState, at: datetime) -> ColumnElement[bool]:
    """The condition that says of links in the database what `state_of` says of one in hand."""
    closed = Link.closed_at.is_not(None)
    published = exists().where(
        Version.questionnaire_id == Link.questionnaire_id,
        Version.status == Status.PUBLISHED,
        Questionnaire.id == Link.questionnaire_id,
        Questionnaire.retired_at.is_(None),
    )
    over = and_(Link.closes_at.is_not(None), Link.closes_at <= at)
    paused = Link.paused_at.is_not(None)
    early = and_(Link.opens_at.is_not(None), Link.opens_at > at)
    order = {
        LinkState.CLOSED: closed,
        LinkState.UNPUBLISHED: ~published,
        LinkState.OVER: over,
        LinkState.PAUSED: paused,
        LinkState.EARLY: early,
    }
    before = list(order)[: list(order).index(state)] if state in order else list(order)
    holds = [order[state]] if state in order else []
    return and_(*holds, *(~order[earlier] for earlier in before))


def link_of(person: User, number: int) -> Link:
    """Raises Missing for a link that does not exist and for one of a unit that is not this person's to see."""
    statement = limited(select(Link).where(Link.id == number), Link.unit_id, person)
    link: Link | None = db.session.scalar(statement)
    if link is None:
        raise Missing
    return link


def published_questionnaires() -> Sequence[Questionnaire]:
    published = exists().where(
        Version.questionnaire_id == Questionnaire.id, Version.status == Status.PUBLISHED
    )
    return db.session.scalars(
        select(Questionnaire)
        .where(Questionnaire.retired_at.is_(None), published)
        .order_by(Questionnaire.code)
        .options(selectinload(Questionnaire.versions))
    ).all()


def published_questionnaire(code: str) -> Questionnaire:
    found = next((q for q in published_questionnaires() if q.code == code), None)
    if found is None:
        raise Missing
    return found


def title_of(questionnaire: Questionnaire) -> Text:
    """Of the published version, else of the latest."""
    return definition_of(questionnaire.published or questionnaire.latest).title


def service_types() -> Sequence[ServiceType]:
    return db.session.scalars(
        select(ServiceType)
        .where(ServiceType.closed_at.is_(None))
        .order_by(ServiceType.position, ServiceType.code)
    ).all()


def service_type_of(code: str) -> ServiceType:
    found = db.session.scalar(select(ServiceType).where(ServiceType.code == code))
    if found is None:
        raise Missing
    return found


def unit_choices(person: User, locale: str) -> list[tuple[str, str]]:
    """Code and name of each open unit this person sees, as an indented tree."""
    units = [unit for unit in visible_units(person) if unit.closed_at is None]
    known = {unit.id for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    return _walk(below, None, 0, locale)


def _walk(
    below: dict[int | None, list[Unit]], parent: int | None, depth: int, locale: str
) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for unit in below.get(parent, []):
        lines.append((unit.code, _INDENT * depth + say(unit.names, locale)))
        lines += _walk(below, unit.id, depth + 1, locale)
    return lines
