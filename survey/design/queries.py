"""Reading questionnaires and their versions."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from survey.errors import Missing
from survey.extensions import db
from survey.locales import say
from survey.models import Questionnaire, ServiceType, Unit, User, Version
from survey.questions.definition import definition_of


@dataclass(frozen=True, slots=True)
class Listed:
    questionnaire: Questionnaire
    title: Mapping[str, str]
    status: str  # as the person sees it: retired hides published


def questionnaires() -> list[Listed]:
    """All, those in use first, then by code."""
    statement = select(Questionnaire).options(selectinload(Questionnaire.versions))
    found = db.session.scalars(statement).all()
    titles = _titles([shown(questionnaire).id for questionnaire in found])
    listed = [Listed(q, titles[shown(q).id], status_of(q)) for q in found]
    order = ("published", "draft", "retired")
    return sorted(listed, key=lambda entry: (order.index(entry.status), entry.questionnaire.code))


def _titles(version_ids: Sequence[int]) -> dict[int, Mapping[str, str]]:
    title = Version.definition["title"]
    return {
        row[0]: row[1]
        for row in db.session.execute(select(Version.id, title).where(Version.id.in_(version_ids)))
    }


def shown(questionnaire: Questionnaire) -> Version:
    """The version that stands for the questionnaire in lists."""
    return questionnaire.published or questionnaire.latest


def status_of(questionnaire: Questionnaire) -> str:
    if questionnaire.published is None:
        return "draft"
    return "retired" if questionnaire.retired_at else "published"


def codes() -> set[str]:
    return set(db.session.scalars(select(Questionnaire.code)))


def questionnaire(code: str) -> Questionnaire:
    """Raises Missing."""
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
    if found is None:
        raise Missing
    return found


def version(code: str, number: int) -> Version:
    """Raises Missing."""
    statement = (
        select(Version).join(Questionnaire).where(Questionnaire.code == code, Version.number == number)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise Missing
    return found


def publishers(versions: Sequence[Version]) -> dict[uuid.UUID, str]:
    """The names of those who published, by user id."""
    ids = {version.published_by for version in versions if version.published_by}
    rows = db.session.execute(select(User.id, User.name, User.email).where(User.id.in_(ids)))
    return {row.id: row.name or row.email for row in rows}


def source(version: Version) -> str:
    """The definition as a file, its fields in the order of docs/questionnaire.md."""
    document = definition_of(version).model_dump(mode="json", by_alias=True, exclude_unset=True)
    return written(document) + "\n"


def written(part: Any, indent: int = 0, width: int = 120) -> str:
    """JSON with what fits on one line on one line, so that a person can read it."""
    line = json.dumps(part, ensure_ascii=False)
    if len(line) + indent <= width or not isinstance(part, dict | list):
        return line
    pad = " " * (indent + 2)
    if isinstance(part, dict):
        lines = [
            f"{pad}{json.dumps(key)}: {written(value, indent + 2, width)}" for key, value in part.items()
        ]
        return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"
    return (
        "[\n"
        + ",\n".join(pad + written(item, indent + 2, width) for item in part)
        + "\n"
        + " " * indent
        + "]"
    )


def example_places(locale: str) -> dict[str, str]:
    """A unit and a service type of the organisation, for previews; without any the places stay as written."""
    found = {
        "unit": db.session.scalar(select(Unit).order_by(Unit.kind != "department", Unit.id).limit(1)),
        "service_type": db.session.scalar(select(ServiceType).order_by(ServiceType.id).limit(1)),
    }
    return {name: say(row.names, locale) if row else f"{{{name}}}" for name, row in found.items()}
