"""Every page about people and the organisation, against strangers and against every role."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from survey.extensions import db
from survey.models import RoleName
from tests.factories import ServiceTypeFactory, UnitFactory, UserFactory, sign_in

FILLED = {
    "code": "ward",
    "user_id": str(uuid.UUID(int=1)),
    "act": "close",
    "what": "units",
}


def doors(app: Flask, *blueprints: str) -> list[tuple[str, str]]:
    """Method and address of every route."""
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        return [
            (
                method,
                urls.build(rule.endpoint, {name: FILLED[name] for name in rule.arguments}, method=method),
            )
            for rule in app.url_map.iter_rules()
            if rule.endpoint.split(".")[0] in blueprints
            for method in sorted(rule.methods or ())
            if method in ("GET", "POST")
        ]


def test_a_stranger_is_sent_to_sign_in_from_every_page(app: Flask) -> None:
    found = doors(app, "organisation", "users", "accounts", "home")
    assert len(found) > 25
    for method, path in found:
        answer = app.test_client().open(path, method=method)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/login"), path


@pytest.mark.parametrize("role", [role for role in RoleName if role != RoleName.ADMINISTRATOR])
def test_only_an_administrator_keeps_people_and_units(app: Flask, role: str) -> None:
    unit = UnitFactory(code="ward")
    ServiceTypeFactory(code="ward")
    UserFactory(id=uuid.UUID(int=1), email="victim@example.org")
    user = UserFactory(role=role, unit=unit)
    client = app.test_client()
    sign_in(client, user)
    for method, path in doors(app, "organisation", "users"):
        assert client.open(path, method=method).status_code == 403, path
    db.session.expire_all()
    assert unit.closed_at is None


def test_an_administrator_opens_them_all_and_the_unknown_is_a_404(app: Flask) -> None:
    UnitFactory(code="ward")
    ServiceTypeFactory(code="ward")
    UserFactory(id=uuid.UUID(int=1), email="other@example.org")
    client = app.test_client()
    sign_in(client, UserFactory(role="administrator"))
    for method, path in doors(app, "organisation", "users", "accounts"):
        if method == "GET":
            assert client.get(path).status_code == 200, path
            unknown = path.replace("ward", "no-such").replace(FILLED["user_id"], str(uuid.UUID(int=2)))
            if unknown != path:
                assert client.get(unknown).status_code == 404, unknown
