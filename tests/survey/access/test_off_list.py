"""Every column of every model, sent with every form and as parameters, changes nothing that is not on the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table

from survey.extensions import db
from tests.survey.access.asking import Kept, asks, rows, send
from tests.survey.access.off_list import MAY_CHANGE
from tests.survey.access.world import Whose, build

PLAUSIBLE = {
    "role": "administrator",
    "active": "0",
    "email": "attacker@evil.example",
    "code": "attacked",
    "password": "a new password for them",
    "locale": "zh_Hant",
    "kind": "headquarters",
    "channel": "paper",
    "status": "published",
    "phase": "importing",
}


def columns() -> dict[str, str]:
    """A value for each name that a column has anywhere."""
    found = {column.name for table in db.metadata.sorted_tables for column in table.columns}
    names = found | {f"{name}_id" for name in found} | {"fs_uniquifier", "_user_id", "is_admin"}
    return {name: PLAUSIBLE.get(name, "1") for name in names}


def changes(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    """`table.column` for changed rows, `+table` for new and `-table` for removed ones."""
    found: set[str] = set()
    for table in (table for table in db.metadata.sorted_tables if table.name in before):
        was, now = _by_key(table, before[table.name]), _by_key(table, after[table.name])
        found |= {f"+{table.name}"} if now.keys() - was.keys() else set()
        found |= {f"-{table.name}"} if was.keys() - now.keys() else set()
        for key in was.keys() & now.keys():
            names = [column.name for column in table.columns]
            found |= {
                f"{table.name}.{name}"
                for name, one, other in zip(names, was[key], now[key], strict=True)
                if one != other
            }
    return found


def _by_key(table: Table, stored: list[Any]) -> dict[Any, Any]:
    at = [index for index, column in enumerate(table.columns) if column.primary_key]
    return {tuple(row[index] for index in at): row for row in stored}


@pytest.mark.parametrize("letter", ["A", "Q", "H", "S", "-"])
def test_columns_sent_with_a_form_change_only_what_is_on_its_list(app: Flask, letter: str) -> None:
    world = build(app.extensions["settings"])
    kept, more, before, wrong = Kept(world), columns(), rows(), []
    for ask in asks(app, world, letter):
        if ask.whose is not Whose.OWN:
            continue
        asked = replace(ask, query=more | ask.query, data=more | ask.data)
        answer = send(app, world, asked)
        assert answer.status_code < 500 or answer.status_code == ask.door.also, str(ask)
        found = changes(before, rows())
        beyond = found - MAY_CHANGE.get(ask.door.endpoint, set()) if ask.method == "POST" else found
        wrong += [f"{letter} {ask.method} {ask.door.endpoint}: {sorted(beyond)}"] if beyond else []
        if found:
            kept.put_back()
    assert not wrong, "\n".join(wrong)
