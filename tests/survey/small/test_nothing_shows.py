"""Whatever 1…9 people say, everything that is shown to others is the same, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from survey.models import Unit
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, process
from tests.survey.results.pages import DAYS, signed_in

SIZES = range(1, 10)
PAGES = (
    "/results",
    "/results?unit=ward-0",
    "/results?unit=ward-1",
    "/results?unit=branch-0",
    "/results?unit=branch-0&service=service-0",
    "/results?channel=web",
    "/results?unit=ward-0&channel=web",
    "/results?grain=day",
    "/results/compare?by=unit",
    "/results/compare?by=unit&one=ward-0&other=ward-1",
    "/results/compare?by=unit&one=ward-1&other=ward-2",
    "/results/compare?by=unit&one=branch-0&other=branch-1",
    "/results/compare?by=service_type&one=service-0&other=service-1",
    "/results/compare?by=unit&one=ward-1&other=~rest",
    "/results/compare?by=unit&one=ward-2&other=~rest",
    "/results/compare?by=unit&one=branch-1&other=~rest",
    "/results/compare?by=unit&one=ward-1&other=~rest&unit=branch-0",
    "/results/compare?by=service_type&one=service-1&other=~rest",
    "/results/compare?by=channel&one=web&other=~rest",
    "/results/compare?by=channel",
    "/results/compare?by=period&unit=branch-0",
    "/results/compare/groups.csv?by=unit",
    "/results/matters",
    "/results/matters?unit=ward-0",
    "/results/instrument",
    "/results/instrument?unit=ward-0",
    "/results/comments",
    "/results/comments?unit=ward-0",
    "/results/comments?sentiment=negative",
    "/results/chart/units.csv",
    "/results/chart/units-service-types.csv",
    "/results/chart/service-types.csv",
    "/results/chart/sentiment.csv",
    "/results/chart/trend.csv",
    "/results/chart/answers-1.csv",
    "/my-feedback?period=90d",
    "/my-feedback?period=90d&unit=ward-0",
)


def _place(code: str, wards: list[Unit], few: int) -> None:
    """Thirty people answered about two wards, ten of them badly: of these so many few about ward 0."""
    place = Organisation(factories.published(code=code), wards[0], [], wards, _services())
    bad = {"staff": 1, "why": "A terrible secret"}
    place.answer(0, 0, bad, times=few)
    place.answer(1, 0, bad, times=10 - few)
    place.answer(1, 0, {"staff": 5, "why": "Lovely and kind"}, times=20)
    place.answer(2, 0, {"staff": 4}, times=25)
    place.answer(2, 1, {"staff": 5}, times=15)
    place.answer(3, 1, {"staff": 2}, times=12)
    place.answer(3, 1, {"staff": 3}, times=12, submitted_on=FIRST.replace(day=22))


def _services() -> list[factories.ServiceTypeFactory]:
    found = factories.ServiceTypeFactory._meta.model.query.order_by("id").all()
    return found or [factories.ServiceTypeFactory(code=f"service-{number}") for number in range(2)]


@pytest.fixture
def codes(any_app: Flask) -> list[str]:
    """One questionnaire for each number of people."""
    top = factories.UnitFactory(code="top", kind="headquarters")
    branches = [factories.UnitFactory(code=f"branch-{number}", parent=top) for number in range(2)]
    wards = [
        factories.UnitFactory(code=f"ward-{number}", parent=branches[number // 2]) for number in range(4)
    ]
    for few in SIZES:
        _place(f"asked-{few}", wards, few)
    process()
    return [f"asked-{few}" for few in SIZES]


def _pages(client: FlaskClient, code: str, paths: tuple[str, ...] = PAGES) -> Iterator[str]:
    """But for the questionnaire's code and choice, and secrets of the session."""
    for path in paths:
        days = {} if "my-feedback" in path else DAYS
        answer = client.get(
            path.partition("?")[0], query_string=_query(path) | days | {"questionnaire": code}
        )
        assert answer.status_code in (200, 403, 404)
        page = re.sub(r"<option.*?</option>", "", answer.text.replace(code, ""), flags=re.S)
        yield path + re.sub(r'(csrf[^>]*(value|content)=|nonce=)"[^"]*"', "", page)


def _query(path: str) -> dict[str, str]:
    _path, _mark, query = path.partition("?")
    return dict(one.split("=") for one in query.split("&") if one)


def _same(pages: list[list[str]]) -> None:
    for others in pages[1:]:
        for page, other in zip(pages[0], others, strict=True):
            assert page == other


def test_managers_see_the_same_of_a_hospital_for_one_to_nine(codes: list[str], any_app: Flask) -> None:
    client = signed_in(any_app.test_client())
    pages = [list(_pages(client, code)) for code in codes]
    assert "94 responses" in pages[0][0]
    assert not any("A terrible secret" in page for page in pages[0])
    _same(pages)


def test_the_people_of_a_ward_of_few_see_the_same(codes: list[str], any_app: Flask) -> None:
    ward = Unit.query.filter_by(code="ward-0").one()
    for role in ("head_of_unit", "staff"):
        client = signed_in(any_app.test_client(), role, ward)
        paths = PAGES[-1:] if role == "staff" else PAGES
        _same([list(_pages(client, code, paths)) for code in codes])


def test_the_command_line_prints_the_same(codes: list[str], any_app: Flask) -> None:
    cli: FlaskCliRunner = any_app.test_cli_runner()
    for splits in (["unit"], ["unit", "service_type"], ["channel"], ["locale"], []):
        printed = {
            cli.invoke(
                args=["results", "show", "--questionnaire", code, "--question", "staff"]
                + [word for split in splits for word in ("--by", split)]
            ).output
            for code in codes
        }
        assert len(printed) == 1
