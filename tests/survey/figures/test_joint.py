"""Pairs of answers, merged over units and months: what is given out, of whom, and from when on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask

from analysis.statistics.sums import Sums
from analysis.types import Reason
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.figures import Filters, JointCounts, Publication, joint, joint_by_unit, places
from survey.models import User
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process

WORDS = {"wording": {"en": "Well?", "zh_Hans": "如何？"}}
POINTS = [{"value": value} for value in (1, 2, 3)]
AGES = [{"code": code, "label": {"en": code, "zh_Hans": code}} for code in ("young", "old")]
NEXT = date(2026, 2, 10)


def sections(**room: Any) -> list[dict[str, Any]]:
    staff, why = factories.document()["sections"][0]["questions"]
    asked = {"type": "rating", "code": "room", "points": POINTS} | WORDS | room
    age = {"type": "choice", "code": "age", "options": AGES} | WORDS
    return [{"code": "all", "questions": [staff, asked, age, why]}]


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    return organisation(sections=sections())


def many(place: Organisation, ward: int, service: int = 0, **given: Any) -> list[dict[str, Any]]:
    """Thirty different responses about a ward, unprocessed."""
    rows = []
    for n in range(30):
        answers: dict[str, Any] = {"staff": n % 5 + 1, "room": (n + ward) % 3 + 1, "age": AGES[n % 2]["code"]}
        place.answer(ward, service, answers, **given)
        rows.append(answers)
    return rows


def found(
    place: Organisation, person: User | None = None, codes: Any = None, complete: bool = True, **given: Any
) -> JointCounts:
    filters = place.filters(**given)
    published = Publication(person, filters.questionnaire_id, places(person), 10)
    return joint(person, filters, published, codes, complete=complete)


def test_tables_and_sums_are_those_of_the_responses_of_these_units_and_months(place: Organisation) -> None:
    rows = many(place, 0) + many(place, 1, 1) + many(place, 0, submitted_on=NEXT)
    many(place, 2)  # of another branch
    many(place, 1, submitted_on=date(2026, 3, 1))  # later
    process()
    branch = place.branches[0].path
    given = found(place, unit_path=branch, last_on=NEXT)
    assert (given.reason, given.since) == (None, None)
    assert (given.filters.first_on, given.filters.last_on) == (date(2026, 1, 1), date(2026, 2, 28))
    assert given.joint is not None
    for one, other in product(("staff", "room", "age"), repeat=2):
        pairs = Counter((str(row[one]), str(row[other])) for row in rows)
        levels = [given.joint.item(code).levels for code in (one, other)]
        assert given.joint.table(one, other) == tuple(
            tuple(pairs[a, b] for b in levels[1]) for a in levels[0]
        )
    assert given.joint.sums(["staff", "room"]) == Sums.of([(row["staff"], row["room"]) for row in rows], 2)


def test_chosen_service_types_are_summed_and_others_left_out(place: Organisation) -> None:
    rows = many(place, 0, 0)
    many(place, 0, 1)
    process()
    chosen = found(place, service_type_ids=frozenset({place.services[0].id})).joint
    assert chosen is not None
    assert chosen.n == len(rows)
    both = found(place, service_type_ids=frozenset(service.id for service in place.services)).joint
    assert both is not None
    assert both == found(place).joint
    assert both.n == 60


def test_a_person_gets_what_was_answered_about_the_own_units(place: Organisation) -> None:
    many(place, 0)
    many(place, 1)
    process()
    head = factories.UserFactory(role="head_of_unit", unit=place.wards[0])
    other = factories.UserFactory(role="head_of_unit", unit=place.wards[3])
    own = found(place, head).joint
    assert own is not None
    assert own.n == 30
    assert found(place, other).reason == Reason.NO_ANSWERS


def test_several_units_at_once_get_what_each_gets_alone(place: Organisation) -> None:
    for ward in (0, 1, 2):
        many(place, ward)
        many(place, ward, 1, submitted_on=NEXT)
    for _ in range(3):
        place.answer(3, 0, {"staff": 5, "room": 1})
    process()
    filters = place.filters(last_on=NEXT)
    published = Publication(None, filters.questionnaire_id, places(None), 10)
    for units in (place.branches, place.wards, [place.wards[0], place.branches[1]]):
        together = joint_by_unit(None, filters, published, units)
        assert together == {unit.id: found(place, last_on=NEXT, unit_path=unit.path) for unit in units}
        assert [one.reason for one in together.values()] != [Reason.SUPPRESSED] * len(units)
    nothing = joint_by_unit(None, place.filters(channel="web"), published, place.wards)
    assert {one.reason for one in nothing.values()} == {Reason.NOT_APPLICABLE}


def test_few_answers_are_hidden_and_nobodys_are_said_so(place: Organisation) -> None:
    for _ in range(9):
        place.answer(0, 0, {"staff": 5, "room": 1})
    process()
    assert found(place).reason == Reason.SUPPRESSED
    assert found(place, first_on=NEXT, last_on=NEXT).reason == Reason.NO_ANSWERS
    assert found(place, unit_path=place.wards[1].path).reason == Reason.NO_ANSWERS


def test_a_ward_beside_a_hidden_one_is_hidden_too(place: Organisation) -> None:
    many(place, 0)
    for _ in range(3):
        place.answer(1, 0, {"staff": 5, "room": 1, "age": "old"})
    process()
    assert found(place, unit_path=place.branches[0].path).joint is not None
    assert found(place, unit_path=place.wards[0].path).reason == Reason.SUPPRESSED


def test_where_few_answered_every_scale_nothing_is_given_out(place: Organisation) -> None:
    for _ in range(15):
        place.answer(0, 0, {"staff": 5, "age": "old"})
        place.answer(0, 0, {"staff": "na", "room": 2, "age": "old"})
    for _ in range(3):
        place.answer(0, 0, {"staff": 4, "room": 2, "age": "young"})
    process()
    assert found(place).reason == Reason.SUPPRESSED
    pairs = found(place, complete=False).joint
    assert pairs is not None
    assert pairs.always == ()
    assert pairs.table("staff", "age")[4] == (0, 15)


def test_a_pair_that_few_answered_is_empty(place: Organisation) -> None:
    for _ in range(12):
        place.answer(0, 0, {"staff": 5, "room": 2})
        place.answer(0, 0, {"age": "old"})
    place.answer(0, 0, {"staff": 1, "room": 3, "age": "old"})
    process()
    given = found(place).joint
    assert given is not None
    assert sum(map(sum, given.table("staff", "age"))) == 0
    assert sum(map(sum, given.table("staff", "room"))) == 13
    assert given.counts("age") == {"young": 0, "old": 13}


def test_channels_languages_and_questions_that_are_not_counted_jointly_give_no_figures(
    place: Organisation,
) -> None:
    many(place, 0)
    process()
    for given in ({"channel": "web"}, {"locale": "en"}, {"codes": ["why"]}, {"codes": []}):
        assert found(place, **given).reason == Reason.NOT_APPLICABLE  # type: ignore[arg-type]


def _next_version(place: Organisation, **room: Any) -> None:
    db.session.commit()
    publish(save_draft(factories.document(sections=sections(**room))))
    db.session.commit()
    db.session.expire_all()


def test_versions_with_the_same_words_and_scales_count_together(place: Organisation) -> None:
    many(place, 0)
    _next_version(place, help={"en": "Tidy?", "zh_Hans": "整洁？"})
    many(place, 0, submitted_on=NEXT)
    process()
    given = found(place, last_on=NEXT)
    assert given.joint is not None
    assert (given.joint.n, given.since) == (60, None)


def test_answers_to_other_words_are_left_out_and_the_first_day_is_said(place: Organisation) -> None:
    many(place, 0)
    many(place, 0, submitted_on=NEXT)
    _next_version(place, wording={"en": "And the room?", "zh_Hans": "病房呢？"})
    many(place, 0, submitted_on=NEXT + timedelta(days=1))
    many(place, 0, submitted_on=date(2026, 3, 3))
    process()
    given = found(place, last_on=date(2026, 3, 31))
    assert given.joint is not None
    assert (given.joint.n, given.since, given.filters.first_on) == (30, date(2026, 3, 1), date(2026, 3, 1))
    unchanged = found(place, codes=["staff", "age"], last_on=date(2026, 3, 31))
    assert unchanged.joint is not None
    assert (unchanged.joint.n, unchanged.since) == (120, None)
    early = found(place, last_on=NEXT)
    assert (early.reason, early.since) == (Reason.NO_ANSWERS, date(2026, 3, 1))


def test_a_scale_that_only_some_saw_once_is_no_longer_asked_of_complete_persons(place: Organisation) -> None:
    many(place, 0)
    _next_version(place, show_if={"question": "staff", "op": "at_most", "value": 2})
    many(place, 0, submitted_on=NEXT)
    process()
    given = found(place, last_on=NEXT).joint
    assert given is not None
    assert given.always == ("staff",)
    assert given.n == 60


def test_a_questionnaire_that_was_never_published_has_no_answers(any_app: Flask) -> None:
    draft = save_draft(factories.document())
    db.session.commit()
    filters = Filters(draft.questionnaire_id, FIRST, FIRST)
    published = Publication(None, draft.questionnaire_id, places(None), 10)
    assert joint(None, filters, published).reason == Reason.NO_ANSWERS
