"""Personal invitations: made once for each service, links written once, only hashes stored."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import true

from survey import clock
from survey.distribute import batches, invitations, issuing
from survey.distribute.events import Known
from survey.distribute.invitations import Made
from survey.extensions import db
from survey.models import (
    NOWHERE,
    Batch,
    Invitation,
    LeftOut,
    LeftOutFor,
    Questionnaire,
    ServiceEvent,
    ServiceType,
    Unit,
    User,
)
from tests import factories

BASE = "https://survey.example"
HEADER = "reference,unit,service_type,when,language\n"


@pytest.fixture
def place(any_app: Flask) -> Iterator[Questionnaire]:
    """A published questionnaire, the units `ward` and `desk`, the service type `stay`."""
    for code in ("ward", "desk"):
        factories.UnitFactory(code=code)
    factories.ServiceTypeFactory(code="stay")
    yield factories.published()


def rows(count: int, unit: str = "ward") -> bytes:
    return (
        HEADER + "".join(f"A-{n},{unit},stay,2026-05-04 10:{n % 60:02},en\n" for n in range(count))
    ).encode()


def known() -> Known:
    return batches.known(None, "Asia/Shanghai", clock.now())


def batch(questionnaire: Questionnaire, days: int = 30) -> Batch:
    now = clock.now()
    return Batch(
        questionnaire=questionnaire, channel="sms", created_at=now, expires_at=now + timedelta(days=days)
    )


def made(questionnaire: Questionnaire, content: bytes) -> Batch:
    found = batch(questionnaire)
    invitations.make(content, known(), found)
    db.session.commit()
    return found


def issued(found: Batch, everybody: bool = False) -> list[dict[str, str]]:
    out = io.StringIO()
    issuing.issue(found, true(), everybody, BASE, "Asia/Shanghai", out)
    db.session.commit()
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def hashes() -> set[str]:
    db.session.expire_all()
    return {invitation.token_hash for invitation in db.session.query(Invitation)}


def hash_of(row: dict[str, str]) -> str:
    return hashlib.sha256(row["link"].removeprefix(f"{BASE}/i/").encode()).hexdigest()


def test_the_same_services_again_are_not_doubled(place: Questionnaire) -> None:
    content = rows(2500)
    assert invitations.make(content, known(), batch(place)) == Made(2500, 0, 0)
    assert invitations.make(content + b"A-x,ward,stay,2026-05-04,\n", known(), batch(place)) == Made(
        1, 2500, 0
    )
    db.session.commit()
    assert db.session.query(Invitation).count() == db.session.query(ServiceEvent).count() == 2501


def test_another_questionnaire_invites_for_the_same_services(place: Questionnaire) -> None:
    made(place, rows(3))
    other = factories.published(code="other")
    assert invitations.make(rows(4), known(), batch(other)) == Made(4, 0, 0)
    assert db.session.query(ServiceEvent).count() == 4


def test_the_check_says_what_making_will_do(place: Questionnaire) -> None:
    made(place, rows(2))
    content = rows(5) + rows(5)[len(HEADER) :] + b"A-9,nowhere,stay,2026-05-04,\n"
    found = invitations.check(content, known(), place)
    assert (found.new, found.there, found.faulty) == (3, 7, 1)
    assert [(fault.line, fault.column) for fault in found.faults] == [(12, "unit")]
    assert invitations.make(content, known(), batch(place)) == Made(3, 7, 1)


def test_the_file_has_a_link_for_each_row_and_the_database_only_its_hash(place: Questionnaire) -> None:
    found = made(place, rows(3))
    written = issued(found)
    assert [row["reference"] for row in written] == ["A-0", "A-1", "A-2"]
    assert written[1] | {"link": ""} == {
        "reference": "A-1",
        "unit": "ward",
        "service_type": "stay",
        "when": "2026-05-04 10:01:00",
        "language": "en",
        "tier": "",
        "link": "",
    }
    assert {hash_of(row) for row in written} == hashes()
    assert all(len(row["link"]) == len(f"{BASE}/i/") + 32 for row in written)


def test_the_file_says_the_tier_again(place: Questionnaire) -> None:
    found = made(place, b"reference,unit,service_type,when,tier\nA-1,ward,stay,2026-05-04,vip\n")
    assert [row["tier"] for row in issued(found)] == ["vip"]


def test_nobody_holds_a_link_before_the_first_download(place: Questionnaire) -> None:
    before = made(place, rows(3))
    assert before.issued_at is None
    assert len(hashes()) == 3
    issued(before)
    assert before.issued_at is not None


def test_new_links_are_for_unused_invitations_and_the_old_ones_die(place: Questionnaire) -> None:
    found = made(place, rows(3))
    first = issued(found)
    used = db.session.query(Invitation).filter_by(token_hash=hash_of(first[0])).one()
    used.used_at = clock.now()
    db.session.commit()
    second = issued(found)
    assert [row["reference"] for row in second] == ["A-1", "A-2"]
    assert hashes() == {hash_of(first[0]), *(hash_of(row) for row in second)}


def test_new_links_of_an_anonymous_questionnaire_do_not_tell_who_answered(place: Questionnaire) -> None:
    found = made(place, rows(3))
    first = issued(found, everybody=True)
    used = db.session.query(Invitation).filter_by(token_hash=hash_of(first[0])).one()
    used.used_at = clock.now()
    db.session.commit()
    second = issued(found, everybody=True)
    assert [row["reference"] for row in second] == ["A-0", "A-1", "A-2"]
    assert hashes() == {hash_of(row) for row in second}
    db.session.refresh(used)
    assert used.used_at is not None


def test_formulas_in_references_are_neutralised(place: Questionnaire) -> None:
    content = f"{HEADER}=HYPERLINK(1),ward,stay,2026-05-04,\n".encode()
    (row,) = issued(made(place, content))
    assert row["reference"] == "'=HYPERLINK(1)"


def manager(code: str) -> User:
    unit = db.session.query(factories.Unit).filter_by(code=code).one()
    person: User = factories.UserFactory(role="head_of_unit", unit=unit)
    return person


def test_a_head_may_name_and_sees_the_own_units_only(place: Questionnaire) -> None:
    head = manager("ward")
    assert set(batches.known(head, "Asia/Shanghai", clock.now()).units) == {"ward"}
    both = made(place, rows(3) + rows(4, "desk")[len(HEADER) :])
    elsewhere = made(place, rows(30, "desk"))
    assert batches.batches(head) == ([both], False)
    assert batches.counts([both], head, clock.now(), 10)[both.id].made == 3
    with pytest.raises(batches.Missing):
        batches.batch_of(head, elsewhere.id)


def test_batches_tell_how_many_were_used_and_expired(place: Questionnaire) -> None:
    found = made(place, rows(12))
    for index, invitation in enumerate(db.session.query(Invitation)):
        if index < 3:
            invitation.used_at = clock.now()
        elif index < 8:
            invitation.expires_at = clock.now() - timedelta(days=1)
    db.session.commit()
    counts = batches.counts([found], factories.UserFactory(), clock.now(), 10)[found.id]
    assert (counts.made, counts.used, counts.expired, counts.waiting) == (12, 3, 5, 4)
    assert counts.rate.value == 25
    assert not counts.hidden


def test_of_few_invitations_of_an_anonymous_questionnaire_use_is_hidden(place: Questionnaire) -> None:
    privacy = factories.document()["privacy"] | {"anonymous": False}
    named = factories.published(code="named", privacy=privacy)
    few, known_by_name = made(place, rows(9)), made(named, rows(9))
    found = batches.counts([few, known_by_name], factories.UserFactory(), clock.now(), 10)
    assert found[few.id].hidden
    assert not found[known_by_name.id].hidden


def test_a_batch_keeps_how_many_rows_were_given_and_why_some_were_left_out(place: Questionnaire) -> None:
    made(place, rows(3))
    bad = (
        b"A-9,nowhere,stay,2026-05-04,\n,ward,stay,2026-05-04,\nA-8,desk,gift,soon,\nA-7,desk,stay,soon,tlh\n"
    )
    found = made(place, rows(1200) + rows(2).split(b"\n", 1)[1] + bad)
    units = {unit.code: unit.id for unit in db.session.query(Unit)}
    (service,) = db.session.query(ServiceType)
    kept = {
        (row.unit_id, row.service_type_id, row.reason): row.count
        for row in db.session.query(LeftOut).filter_by(batch_id=found.id)
    }
    assert kept == {
        (units["ward"], service.id, LeftOutFor.INVITED): 3,
        (units["ward"], service.id, LeftOutFor.TWICE): 2,
        (NOWHERE, service.id, LeftOutFor.UNIT): 1,
        (units["ward"], service.id, LeftOutFor.REFERENCE): 1,
        (units["desk"], NOWHERE, LeftOutFor.SERVICE_TYPE): 1,
        (units["desk"], service.id, LeftOutFor.WHEN): 1,
    }
    assert found.given == 1206
    invited = db.session.query(Invitation).filter_by(batch_id=found.id).count()
    assert found.given == invited + sum(kept.values())
