"""A rule tried on the past says what it would have found, and what is odd about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from survey.alerts import service, trying
from survey.alerts.doubts import Doubt, Oddity, doubts
from tests import factories
from tests.survey.alerts.making import process, unhappy, wanted

DAYS = date(2026, 3, 1), date(2026, 3, 31)
DAY = date(2026, 3, 3)
CASES = [
    ({"kind": "rating", "question": "staff", "worst": 2}, 4),
    ({"kind": "negative"}, 3),
    ({"kind": "words", "any_of": ["退款"]}, 2),
    ({"kind": "alarm", "any_of": ["bribe"]}, 1),
    ({"kind": "detractor"}, 0),
    ({"kind": "contact"}, 0),
]


@pytest.fixture
def link(any_app: Flask) -> Any:
    made = factories.link()
    for staff, why in (
        (1, "The waiting time was terrible and the nurse was rude."),
        (1, "必須退款，太差了，態度惡劣。"),
        (2, "医生要红包，太差了，非常失望。"),
        (2, None),
        (5, "已经退款，谢谢，服务很好。"),
        (5, None),
        ("na", None),
        (4, None),
        (4, None),
        (3, None),
    ):
        said = {"staff": staff} | ({"why": why} if why else {})
        factories.response(made, said, submitted_on=DAY)
    factories.response(made, {"staff": 1}, submitted_on=date(2026, 2, 1))
    process()
    return made


def tried(link: Any, *parts: dict[str, Any], min_n: int = 10, **given: Any) -> trying.Tried:
    return trying.try_on_past(wanted(link.unit, *parts, **given), DAYS, factories.UserFactory(), min_n)


@pytest.mark.parametrize(("part", "n"), CASES)
def test_the_database_leaves_out_none_that_the_rule_would_find(link: Any, part: Any, n: int) -> None:
    found = tried(link, part)
    assert (found.alerts, len(found.hits), found.responses, found.whole) == (n, n, 10, True)
    both = tried(link, part, unhappy(5), match="any")
    assert both.alerts == 9


def test_hits_show_masked_texts_and_why(link: Any) -> None:
    (hit,) = tried(link, {"kind": "alarm", "any_of": ["bribe"]}, unhappy(), match="all").listed
    assert hit.texts == ("医生要红包，太差了，非常失望。",)
    assert [reason["kind"] for reason in hit.reasons] == ["alarm", "rating"]


def test_of_too_few_answers_nothing_is_told(link: Any) -> None:
    found = tried(link, unhappy(), min_n=11)
    assert (found.few, found.hits, found.alerts) == (True, (), 0)


def test_units_with_few_answers_are_not_listed(link: Any) -> None:
    small = factories.link(questionnaire=link.questionnaire)
    small.unit.parent, small.unit.path = link.unit, f"{link.unit.path}{small.unit.id}/"
    factories.response(small, {"staff": 1}, submitted_on=DAY)
    process()
    found = tried(link, unhappy())
    assert (found.alerts, {hit.unit_id for hit in found.listed}) == (5, {link.unit_id})


def test_nothing_is_told_of_units_that_the_person_does_not_see(link: Any) -> None:
    stranger = factories.UserFactory(role="quality_manager", unit=factories.UnitFactory())
    assert trying.try_on_past(wanted(link.unit, unhappy()), DAYS, stranger, 5).few


def test_without_time_it_says_how_far_it_came(link: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "SECONDS", -1.0)
    monkeypatch.setattr(trying, "CHUNK", 1)
    found = tried(link, unhappy())
    assert (found.whole, found.first_on, found.alerts) == (False, DAY, 1)


def test_bursts_and_limits_are_tried_too(link: Any) -> None:
    assert tried(link, unhappy(), at_least=3, within_days=2).alerts == 1
    assert tried(link, unhappy(), at_least=5).alerts == 0
    found = tried(link, unhappy(), most=3)
    assert (found.alerts, found.held) == (4, 1)
    assert tried(link, unhappy(), most=3, severity="serious").held == 0


def test_oddities_are_told(link: Any) -> None:
    def odd(*parts: dict[str, Any], **given: Any) -> list[Oddity]:
        asked = wanted(link.unit, *parts, **given)
        return [doubt.oddity for doubt in doubts(asked, tried(link, *parts, **given))]

    assert odd(unhappy()) == []
    assert odd({"kind": "detractor"}) == [Oddity.NEVER]
    service.write(wanted(link.unit, unhappy()), None)
    assert odd(unhappy()) == [Oddity.SAME]
    assert odd(unhappy(), severity="serious") == [Oddity.CONTRADICTS]
    assert odd(unhappy(1), questionnaire=link.questionnaire) == [Oddity.COVERED]
    assert odd(unhappy(1), questionnaire=link.questionnaire, severity="serious") == []
    assert odd(unhappy(), valid_to=date(2019, 1, 1), valid_from=date(2018, 1, 1)) == []
    assert odd(unhappy(3), most=1) == [Oddity.OVER_LIMIT]


def test_a_flood_is_told(link: Any) -> None:
    for _ in range(12):
        factories.response(link, {"staff": 3}, submitted_on=DAY)
    process()
    asked = wanted(link.unit, unhappy(3))
    assert Doubt(Oddity.FLOODS, n=17) in doubts(asked, tried(link, unhappy(3)))


def test_a_rule_is_no_oddity_to_itself(link: Any) -> None:
    made = service.write(wanted(link.unit, unhappy()), None)
    assert doubts(wanted(link.unit, unhappy()), None, made) == []
