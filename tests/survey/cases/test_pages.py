"""The pages of cases: who sees what, what is on record, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.cases import evidence, inbox, service
from survey.extensions import db
from survey.models import AuditEntry, Case, CaseState, User
from tests import factories
from tests.survey.figures.organisation import process

SAID = "Nurse 王芳 13812345678 shouted at me."


class Ward:
    def __init__(self) -> None:
        self.unit = factories.UnitFactory()
        self.link = factories.link(unit=self.unit)
        self.head = factories.UserFactory(role="head_of_unit", unit=self.unit)
        self.staff = factories.UserFactory(role="staff", unit=self.unit)
        self.other = factories.UserFactory(role="staff", unit=self.unit)
        self.auditor = factories.UserFactory(role="auditor")

    def case(self, text: str = SAID, severity: str = "serious") -> Case:
        said = factories.response(self.link, {"staff": 1, "why": text})
        db.session.commit()
        process()
        reasons = [{"code": "low", "names": {"en": "A low rating"}}]
        made = service.open_case(self.unit.id, severity, [said.id], reasons, clock.now())
        db.session.commit()
        return made


@pytest.fixture
def ward(any_app: Flask) -> Ward:
    return Ward()


def signed_in(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, person)
    return client


def test_only_owner_and_head_read_what_is_hidden_and_each_reading_is_on_record(
    any_app: Flask, ward: Ward
) -> None:
    case = ward.case()
    case.owner_id = ward.staff.id
    db.session.commit()
    address = f"/cases/{case.public_id}"
    expected = {ward.staff: 200, ward.head: 200, ward.other: 403, ward.auditor: 403}
    for person, status in expected.items():
        client = signed_in(any_app, person)
        masked = client.get(address).text
        assert "13812345678" not in masked and "shouted" in masked
        answer = client.post(address + "/original")
        assert answer.status_code == status
        assert ("13812345678" in answer.text) == (status == 200)
    read = select(AuditEntry).where(
        AuditEntry.thing_id == case.public_id, AuditEntry.details.contains("original")
    )
    assert len(db.session.scalars(read).all()) == 2


def test_what_was_typed_survives_when_somebody_else_was_faster(any_app: Flask, ward: Ward) -> None:
    case = ward.case()
    service.assign(case, ward.other, ward.head)
    client = signed_in(any_app, ward.staff)
    form = {"problem": "She waited for hours", "promise": "I call her at noon", "seen": "1"}
    answer = client.post(f"/cases/{case.public_id}/acknowledge", data=form)
    assert answer.status_code == 409
    assert "She waited for hours" in answer.text and "I call her at noon" in answer.text
    form["seen"] = "2"
    assert client.post(f"/cases/{case.public_id}/acknowledge", data=form).status_code == 303
    db.session.expire_all()
    assert case.state == CaseState.ACKNOWLEDGED and case.owner_id == ward.staff.id


def test_errors_stand_beside_their_fields(any_app: Flask, ward: Ward) -> None:
    case = ward.case()
    answer = signed_in(any_app, ward.staff).post(
        f"/cases/{case.public_id}/acknowledge", data={"problem": "She waited"}
    )
    assert answer.status_code == 422
    assert 'id="acknowledge-promise-error"' in answer.text and "She waited" in answer.text


def test_the_inbox_says_what_is_new_once_and_cheaply(any_app: Flask, ward: Ward) -> None:
    ward.case()
    client = signed_in(any_app, ward.staff)
    mark = str(inbox.Place(inbox.last_change(ward.staff), 0))
    db.session.rollback()
    first = client.get("/cases/news", query_string={"view": "all", "since": mark})
    assert first.json == {"changed": 0, "words": "0 cases are new or have changed"}
    again = client.get(
        "/cases/news",
        query_string={"view": "all", "since": mark},
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304
    ward.case("Very slow.")
    later = client.get(
        "/cases/news",
        query_string={"view": "all", "since": mark},
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert later.json["changed"] == 1


def test_several_are_handed_over_at_once_and_what_was_not_is_named(any_app: Flask, ward: Ward) -> None:
    cases = [ward.case(f"Slow {number}.") for number in range(3)]
    client = signed_in(any_app, ward.head)
    sent = {"cases": [case.public_id for case in cases], "to": str(ward.staff.id)}
    assert client.post("/cases/assign?view=all", data=sent).headers["Location"] == "/cases/?view=all"
    db.session.expire_all()
    assert {case.owner_id for case in cases} == {ward.staff.id}
    stranger = factories.UserFactory(role="staff", unit=factories.UnitFactory())
    db.session.commit()
    for to in (str(stranger.id), "nonsense", "\x00"):
        client.post("/cases/assign", data=sent | {"to": to})
    db.session.expire_all()
    assert {case.owner_id for case in cases} == {ward.staff.id}
    assert "Not handed over" in client.get("/cases/").text


def test_pages_of_the_inbox_hold_every_case_once_in_both_directions(any_app: Flask, ward: Ward) -> None:
    reasons = [{"code": "low", "names": {}}]
    for _number in range(60):
        service.open_case(ward.unit.id, "ordinary", [], reasons, clock.now())
    db.session.commit()
    for state in (inbox.OPEN, ""):
        wanted = inbox.Wanted(state=state)
        page, seen, pages = inbox.page(ward.staff, wanted), [], []
        while True:
            seen += [case.id for case in page.cases]
            pages.append([case.id for case in page.cases])
            if page.after is None:
                break
            page = inbox.page(ward.staff, wanted, after=inbox.place(str(page.after)))
        assert len(seen) == len(set(seen)) == 60
        assert page.before is not None
        back = inbox.page(ward.staff, wanted, before=page.before)
        assert [case.id for case in back.cases] == pages[-2]


def test_a_case_of_another_unit_is_seen_by_who_helps_and_by_nobody_else(any_app: Flask, ward: Ward) -> None:
    case = ward.case()
    elsewhere = factories.UserFactory(role="staff", unit=factories.UnitFactory())
    client = signed_in(any_app, elsewhere)
    assert client.get(f"/cases/{case.public_id}").status_code == 404
    assert case.public_id[:5] not in client.get("/cases/?view=all").text
    case.owner_id = elsewhere.id
    db.session.commit()
    assert client.get(f"/cases/{case.public_id}").status_code == 200


def test_words_that_were_said_are_found(any_app: Flask, ward: Ward) -> None:
    case, other = ward.case("The soup was cold."), ward.case("Very slow.")
    page = signed_in(any_app, ward.staff).get("/cases/?view=all&search=soup").text
    assert case.public_id[:5] in page and other.public_id[:5] not in page


def test_a_file_is_what_it_is_and_not_what_its_name_says(any_app: Flask, ward: Ward) -> None:
    case = ward.case()
    with pytest.raises(Exception, match="Only PNG"):
        evidence.add(case, ward.staff, "plan.pdf", b"<script>alert(1)</script>")
    kept = evidence.add(case, ward.staff, "../../plan\x00.html", b"%PDF-1.4 plan")
    db.session.commit()
    assert (kept.media_type, kept.name) == ("application/pdf", "plan.html")
    assert b"plan" not in kept.content
    answer = signed_in(any_app, ward.staff).get(f"/cases/files/{kept.id}")
    assert answer.data == b"%PDF-1.4 plan"
    assert answer.headers["Content-Disposition"].startswith("attachment")
