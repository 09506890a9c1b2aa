"""Opening results pages as somebody, and reading what they say."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from flask.testing import FlaskClient

from survey.models import Unit
from tests import factories

DAYS = {"from": "2026-01-01", "to": "2026-01-31"}


def signed_in(client: FlaskClient, role: str = "administrator", unit: Unit | None = None) -> FlaskClient:
    person = factories.UserFactory(role=role, unit=unit, unit_id=unit.id if unit else None)
    factories.sign_in(client, person)
    return client


def text_of(html: str) -> str:
    """What a reader sees: without tags, scripts and doubled spaces."""
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", bare)


def opened(client: FlaskClient, path: str = "/results", **arguments: Any) -> str:
    answer = client.get(path, query_string=DAYS | arguments)
    assert answer.status_code == 200
    return answer.text


def table(client: FlaskClient, code: str, **arguments: Any) -> dict[str, list[str]]:
    """A chart's file: first cell of each row -> the others."""
    answer = client.get(f"/results/chart/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    assert answer.text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    return {head[0]: head[1:]} | {row[0]: row[1:] for row in rows}
