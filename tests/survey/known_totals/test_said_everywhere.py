"""With the switch on every figure says whether it is weighted: on each page, in each file, in each language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from survey import clock
from survey.extensions import db
from survey.models import Target
from survey.results.pages import PAGES
from survey.targets.benchmark_files import COLUMNS, import_benchmarks
from tests.survey.figures.organisation import Organisation, organisation
from tests.survey.known_totals.test_weights import known, two_channels
from tests.survey.results.pages import DAYS, opened, signed_in

PATHS = ["/results", *(f"/results/{code}" for code in PAGES), "/results/compare", "/improve/targets"]
WITHOUT = ("/results/matters", "/results/topics")  # one question explains nothing, and nobody wrote
COMPARED = {"by": "unit", "one": "ward-0", "other": "ward-1"}
SAID = {
    "en": ("weighted to channel", "not weighted"),
    "zh_Hans": ("按渠道加权", "未加权"),
    "zh_Hant": ("按管道加權", "未加權"),
}


@pytest.fixture
def place(app: object) -> Organisation:
    place = organisation()
    two_channels(place)
    place.invite(0, 0, 40, used=20)
    known(place.questionnaire, "channel", web=3000, qr=1000)
    db.session.add(
        Target(
            questionnaire_id=place.questionnaire.id,
            unit_id=place.top.id,
            question_code="staff",
            metric="csat",
            value=80,
            valid_from=date(2025, 1, 1),
            set_at=clock.now(),
        )
    )
    import_benchmarks(f"{','.join(COLUMNS)}\nstaff,csat,82.5,80,85,1200,A survey,2025-12-31,All\n", None)
    db.session.commit()
    return place


def cards_of(page: str) -> list[str]:
    return [one.split("</section>")[0] for one in page.split('<section class="chart card')[1:]]


@pytest.mark.parametrize("locale", list(SAID))
@pytest.mark.parametrize("path", PATHS)
def test_each_card_says_it(place: Organisation, client: FlaskClient, path: str, locale: str) -> None:
    found = cards_of(opened(signed_in(client), path, **COMPARED, weights="1", lang=locale))
    assert found
    silent = [card for card in found if not any(said in card.split("<details")[0] for said in SAID[locale])]
    assert silent == []


@pytest.mark.parametrize("path", PATHS)
def test_each_file_says_it(place: Organisation, client: FlaskClient, path: str) -> None:
    page = opened(signed_in(client), path, **COMPARED, weights="1")
    files = re.findall(r'href="([^"]+\.csv\?[^"]*)" download', page)
    assert files or path in WITHOUT
    for address in files:
        head, *rows = client.get(address.replace("&amp;", "&")).text.strip().splitlines()
        assert head.endswith(",Weights")
        assert all("weighted" in row for row in rows)


def test_without_the_switch_no_file_has_the_column(place: Organisation, client: FlaskClient) -> None:
    answer = signed_in(client).get("/results/units/units.csv", query_string=DAYS)
    assert "Weights" not in answer.text
