"""Any questionnaire x any answers: sent by the page, exported, imported into an empty installation: the same."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey import create_app
from survey.extensions import db
from survey.models import Link, Response
from survey.questions.base import MISSING, NA, Question
from survey.questions.definition import Definition
from tests import factories
from tests.conftest import settings_for
from tests.survey.export.answers import import_map
from tests.survey.intake.files import run
from tests.survey.questions.samples import SAMPLES, TYPES, words
from tests.survey.respond.visiting import at

FEWEST = 10  # fewer are not exported
_numbers = itertools.count()
_CONDITIONAL = st.booleans()
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cn"]) | st.sampled_from("'=+-@\n\t|,\"＝"), max_size=20
)


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """All types in any number and order, asked always or depending on an earlier answer."""
    questions: list[dict[str, Any]] = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(sorted(TYPES)), min_size=1, max_size=7))):
        code = f"q{number}"
        asked = {"type": kind, "code": code, "wording": words(f"Question {number}")} | SAMPLES[kind]
        if kind not in ("comment", "contact"):
            asked["not_applicable"] = draw(st.booleans())
        if questions and draw(_CONDITIONAL):
            asked["show_if"] = {"question": draw(st.sampled_from(questions))["code"], "op": "answered"}
        questions.append(asked)
    return factories.document(sections=[{"code": "all", "questions": questions}])


def _values(question: Question) -> st.SearchStrategy[list[str]]:
    """What a browser may send under the question's code."""
    if question.type == "comment":
        return st.lists(TEXTS, max_size=1)
    if (
        question.type == "contact"
    ):  # what is typed is in no export, see tests/survey/questions/test_contact.py
        return st.just([])
    if question.type == "date":
        return st.lists(st.dates(min_value=date(1900, 1, 1)).map(str), max_size=1)
    if question.type == "number":
        return st.lists(st.integers(-100, 10000).map(lambda tenths: str(tenths / 10)), max_size=1)
    labels = [value for track in question.tracks()[:1] for value in track.labels]
    if question.type == "choices":
        labels = ["bus", "car", "foot"]
    known = st.sampled_from([value for value in labels if value not in (NA, MISSING)])
    if question.type == "hundred":
        known = st.integers(0, 100).map(str)
    return st.lists(known, max_size=2 if question.type == "choices" else 1, unique=True)


@st.composite
def forms(draw: Any, definition: Definition) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []
    for question in definition.questions:
        names = [c.name for c in question.columns()] if question.type == "matrix" else [question.code]
        for name in names:
            skip = question.not_applicable and draw(st.booleans())
            sent += [(name, NA)] if skip else [(name, value) for value in draw(_values(question))]
        sent.append(("_asked", question.code))
    return sent


@st.composite
def cases(draw: Any) -> tuple[dict[str, Any], list[list[tuple[str, str]]]]:
    document = draw(documents())
    definition = Definition.model_validate(document)
    return document, draw(st.lists(forms(definition), min_size=1, max_size=4))


def _send(app: Flask, link: Link, sent: list[tuple[str, str]]) -> None:
    respondent = at(link, app.test_client()).open()
    fields = respondent.fields.sent
    data: dict[str, list[str]] = {"_key": [fields["_key"]], "_go": ["send"]}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    answer = respondent.client.post(respondent.address, data=data)
    assert answer.status_code == 303, answer.text


def _stored() -> list[str]:
    db.session.rollback()
    return sorted(json.dumps(a, sort_keys=True) for a in db.session.scalars(select(Response.answers)))


def _map(definition: Definition) -> str:
    """For an export with codes."""
    head = import_map().partition("[ratings.")[0]
    parts = []
    for question in definition.questions:
        kind = "comments" if question.type == "comment" else "ratings"
        parts += [f'[{kind}."{c.name}"]\ncolumn = "{c.name}"\n' for c in question.columns()]
    return head + "".join(parts)


def _installation(folder: Path) -> Iterator[Flask]:
    folder.mkdir()
    app = create_app(settings_for(folder))
    app.testing = True
    app.config |= {"RATELIMIT_ENABLED": False, "WTF_CSRF_ENABLED": False}
    with app.app_context():
        db.create_all()
        factories.bind()
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _flask(app: Flask, *arguments: str) -> str:
    done = app.test_cli_runner().invoke(args=list(arguments))
    assert done.exit_code == 0, done.output
    return str(done.output)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_any_questionnaire_and_any_answers_go_round(tmp_path: Path, form: str, case: Any) -> None:
    document, forms_sent = case
    many = list(itertools.islice(itertools.cycle(forms_sent), FEWEST))
    folder = tmp_path / f"case{next(_numbers)}"
    folder.mkdir()
    out, source = folder / f"out.{form}", folder / "definition.json"
    for app in _installation(folder / "first"):
        link = factories.link(questionnaire=factories.published(**document))
        unit, service = link.unit.code, link.service_type.code
        for sent in many:
            _send(app, link, sent)
        before = _stored()
        source.write_text(_flask(app, "questionnaires", "export", "small"), encoding="utf-8")
        db.session.remove()
        export = ["responses", "export", "--questionnaire", "small", "--format", form, "--out", str(out)]
        _flask(app, *export)
    assert len(before) == len(many)
    for app in _installation(folder / "second"):
        factories.UnitFactory(code=unit)
        factories.ServiceTypeFactory(code=service)
        db.session.commit()
        _flask(app, "questionnaires", "load", str(source), "--publish")
        assert _flask(app, "questionnaires", "export", "small") == source.read_text(encoding="utf-8")
        report = run(out, _map(Definition.model_validate(document)), create_units=False).report
        empty = sum(answers == "{}" for answers in before)
        assert report.imported + empty >= len(many), dict(report.rejected)
        assert [answers for answers in _stored() if answers != "{}"] == [a for a in before if a != "{}"]
