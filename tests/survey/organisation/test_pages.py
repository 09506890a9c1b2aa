from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.extensions import db
from survey.models import ServiceType, Unit
from tests.factories import ServiceTypeFactory, UnitFactory, UserFactory, sign_in

NAMES = {"name_zh_Hans": "内科", "name_zh_Hant": "內科", "name_en": "Medicine"}


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    sign_in(client, UserFactory(role="administrator"))
    return client


def unit(code: str) -> Unit:
    db.session.expire_all()
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def test_a_unit_is_made_renamed_moved_and_deleted(admin: FlaskClient) -> None:
    admin.post("/organisation/new-unit", data={"code": "hq", "kind": "headquarters", "name_en": "House"})
    admin.post("/organisation/new-unit?parent=hq", data={"code": "new", "kind": "department"} | NAMES)
    assert unit("new").path == f"/{unit('hq').id}/{unit('new').id}/"
    assert "Medicine" in admin.get("/organisation").text
    admin.post("/organisation/units/new", data={"kind": "branch", "name_zh_Hans": "内科部"})
    assert (unit("new").kind, unit("new").names) == ("branch", {"zh_Hans": "内科部"})
    admin.post("/organisation/units/new/move", data={"parent": ""})
    assert unit("new").parent is None
    admin.post("/organisation/units/hq/move", data={"parent": "new"})
    assert unit("hq").parent is unit("new")
    admin.post("/organisation/units/hq/delete")
    assert db.session.scalars(select(Unit.code)).all() == ["new"]


def test_a_move_under_itself_is_said_on_the_page(admin: FlaskClient) -> None:
    top = UnitFactory(code="top")
    UnitFactory(code="ward", parent=top)
    db.session.commit()
    answer = admin.post("/organisation/units/top/move", data={"parent": "ward"}, follow_redirects=True)
    assert "cannot lie under itself" in answer.text
    assert admin.post("/organisation/units/top/move", data={"parent": "moon"}).status_code in (302, 404)


def test_a_wrong_form_keeps_what_was_typed(admin: FlaskClient) -> None:
    page = admin.post("/organisation/new-unit", data={"code": "a b", "kind": "branch", "name_en": "Kept"})
    assert "no spaces" in page.text
    assert 'value="Kept"' in page.text
    page = admin.post("/organisation/new-unit", data={"code": "ab", "kind": "branch"})
    assert "in at least one language" in page.text
    page = admin.post("/organisation/new-unit", data={"code": "ab", "kind": "castle", "name_en": "Kept"})
    assert "no such kind" in page.text


def test_a_service_type_is_made_changed_shifted_closed_and_deleted(admin: FlaskClient) -> None:
    ServiceTypeFactory(code="visit", position=0)
    db.session.commit()
    admin.post("/organisation/new-service-type", data={"code": "stay", "name_en": "Stay"})
    admin.post("/organisation/service-types/stay", data={"name_en": "Stay on a ward"})
    admin.post("/organisation/service-types/stay/up")
    found = db.session.scalars(select(ServiceType).order_by(ServiceType.position)).all()
    assert [kind.code for kind in found] == ["stay", "visit"]
    assert found[0].names == {"en": "Stay on a ward"}
    admin.post("/organisation/service-types/stay/close")
    assert "Closed" in admin.get("/organisation/service-types/stay").text
    admin.post("/organisation/service-types/stay/delete")
    assert db.session.scalars(select(ServiceType.code)).all() == ["visit"]


def test_a_tree_is_previewed_and_imported_from_a_file(admin: FlaskClient) -> None:
    text = "parent,code,name_zh_Hans\nhq,ward,病区\n,hq,总院\n"
    file = (io.BytesIO(text.encode("utf-8-sig")), "tree.csv")
    assert "This would happen" in admin.post("/organisation/import/units", data={"file": file}).text
    assert db.session.scalars(select(Unit)).all() == []
    assert "Imported." in admin.post("/organisation/import/units", data={"text": text, "store": "1"}).text
    assert unit("ward").parent is unit("hq")


def test_a_tree_with_one_wrong_line_is_not_imported(admin: FlaskClient) -> None:
    text = "parent,code,name_en\n,hq,House\nmoon,ward,Ward\n"
    page = admin.post("/organisation/import/units", data={"text": text, "store": "1"})
    assert "Line 3: There is no unit moon, here or in the file." in page.text
    assert db.session.scalars(select(Unit)).all() == []


def test_a_name_cannot_smuggle_markup(admin: FlaskClient, app: Flask) -> None:
    evil = "<script>alert(1)</script>"
    admin.post("/organisation/new-unit", data={"code": "x", "kind": "branch", "name_en": evil})
    for path in ("/organisation", "/organisation/units/x", "/users/new", "/users"):
        assert evil not in admin.get(path).text
