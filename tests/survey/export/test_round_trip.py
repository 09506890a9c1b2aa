"""import(export(x)) = x, through a CSV and through a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from survey.extensions import db
from survey.models import Response
from tests import factories
from tests.survey.export.answers import ANSWERS, SECTIONS, import_map
from tests.survey.intake.files import run

MANY = st.lists(ANSWERS, min_size=10, max_size=15)


def _stored() -> list[str]:
    columns = (Response.answers, Response.unit_id, Response.service_type_id, Response.submitted_on)
    return sorted(
        json.dumps([answers, unit, service, day.isoformat()], sort_keys=True)
        for answers, unit, service, day in db.session.execute(select(*columns))
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=MANY)
def test_what_is_exported_with_codes_is_imported_unchanged(
    app: Flask, tmp_path: Path, form: str, many: list[dict[str, Any]]
) -> None:
    db.session.execute(delete(Response))
    link = factories.link(questionnaire=factories.published(sections=SECTIONS))
    for answers in many:
        factories.response(link, answers)
    db.session.commit()
    before = _stored()
    out = tmp_path / f"out.{form}"
    arguments = ["responses", "export", "--questionnaire", "small", "--format", form, "--out", str(out)]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    db.session.execute(delete(Response))
    db.session.commit()
    report = run(out, import_map(), create_units=False).report
    assert (report.imported, dict(report.rejected)) == (len(many), {})
    assert _stored() == before
