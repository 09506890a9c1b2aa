"""Figures from outside: every error with its line, and a file that comes back as it went."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError

from survey.errors import Invalid
from survey.extensions import db
from survey.models import Benchmark
from survey.targets.benchmark_files import COLUMNS, export_benchmarks, import_benchmarks
from survey.targets.queries import benchmarks
from tests.survey.figures.organisation import organisation, process
from tests.survey.results.pages import DAYS, signed_in, text_of

HEAD = ",".join(COLUMNS)
GOOD = "staff,csat,82.5,80,85,1200,National survey,2025-12-31,All wards"


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Benchmark)) or 0


def load(content: str):  # type: ignore[no-untyped-def]
    report = import_benchmarks(content, None)
    (db.session.rollback if report.problems else db.session.commit)()
    return report


def test_a_file_is_read_and_the_same_again_changes_nothing(any_app: Flask) -> None:
    content = f"{HEAD}\n{GOOD}\nstaff,nps,-12,,,,A ranking,2026-01-15,\n"
    assert len(load(content).added) == 2
    assert load(content).unchanged == 2
    assert len(load(content.replace("82.5", "83")).changed) == 1
    assert stored() == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("csat", "applause"), "metric"),
        (GOOD.replace("82.5", ""), "value"),
        (GOOD.replace("82.5", "NaN"), "value"),
        (GOOD.replace("82.5", "1e999"), "value"),
        (GOOD.replace("82.5", "182.5"), "between 0 and 100"),
        (GOOD.replace("82.5", "86"), "between low and high"),
        (GOOD.replace("80", ""), "both ends"),
        (GOOD.replace("1200", "0"), "whole number"),
        (GOOD.replace("1200", "12.5"), "whole number"),
        (GOOD.replace("1200", "9999999999"), "whole number"),
        (GOOD.replace("2025-12-31", "31.12.2025"), "date"),
        (GOOD.replace("2025-12-31", ""), "date"),
        (GOOD.replace("National survey", ""), "source"),
        (GOOD.replace("National survey", "x" * 201), "at most 200"),
        (GOOD.replace("staff", ""), "code"),
        (GOOD, "twice"),
    ],
)
def test_every_error_has_its_line_and_nothing_is_stored(app: Flask, row: str, said: str) -> None:
    report = load(f"{HEAD}\n{GOOD}\n{row}\n")
    assert [problem.line for problem in report.problems] == [3]
    assert said in str(report.problems[0].text)
    assert stored() == 0


@pytest.mark.parametrize("content", ["code,metric\nstaff,csat\n", f"{HEAD},more\n{GOOD},1\n", "\n"])
def test_a_file_of_other_columns_is_refused(app: Flask, content: str) -> None:
    with pytest.raises(Invalid):
        load(content)


def test_the_page_shows_before_it_stores(app: Flask) -> None:
    client = signed_in(app.test_client())
    content = f"{HEAD}\n{GOOD}\n"
    answer = client.post("/improve/benchmarks/import", data={"file": (io.BytesIO(content.encode()), "b.csv")})
    assert "Nothing is stored yet" in answer.text and stored() == 0
    client.post("/improve/benchmarks/import", data={"text": content, "store": "1"})
    assert stored() == 1
    said = text_of(client.get("/improve/benchmarks").text)
    assert "National survey" in said and "Dec 31, 2025" in said and "All wards" in said


def test_source_and_date_stand_wherever_it_is_used(app: Flask) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, 60)
    place.answer(0, 0, {"staff": 1}, 40)
    process()
    load(f"{HEAD}\n{GOOD}\nstaff,csat,61,,,,A trade paper,2026-02-01,\n")
    page = signed_in(app.test_client()).get("/improve/targets", query_string=DAYS).text
    said = text_of(page)
    assert 'data-chart="benchmark-staff-csat"' in page and "diamond-open" in page
    assert "National survey (2025-12-31): 60.0% here, 82.5% there: 22 points lower, likely real" in said
    assert "A trade paper (2026-02-01): Cannot tell" in said
    assert "The source gives no interval of its own." in said


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
ROW = st.tuples(
    st.sampled_from(["staff", "a.b", "=cmd", "'quoted", "@x"]),
    st.sampled_from([("csat", 0, 100), ("nps", -100, 100), ("ces", 1, 7), ("mean", -50, 50)]),
    st.floats(0, 1),
    st.booleans(),
    st.one_of(st.none(), st.integers(1, 10**6)),
    TEXT,
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.one_of(st.just(""), TEXT),
)


@given(st.lists(ROW, min_size=1, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_is_imported_as_it_was(app: Flask, rows: list) -> None:
    db.session.rollback()
    db.session.execute(delete(Benchmark))
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for code, (metric, low, high), share, interval, n, source, day, population in rows:
        ends = (low, high) if interval else ("", "")
        value = low + share * (high - low)
        writer.writerow([code, metric, value, *ends, n or "", source, day.isoformat(), population])
    assume(not import_benchmarks(made.getvalue(), None).problems)  # two rows of one figure
    db.session.commit()
    exported = export_benchmarks(benchmarks())
    again = import_benchmarks(exported[1:], None)
    assert again.problems == [] and again.unchanged == stored()
    db.session.execute(delete(Benchmark))
    assert len(import_benchmarks(exported[1:], None).added) == again.unchanged
    assert export_benchmarks(benchmarks()) == exported
    db.session.commit()


@pytest.mark.parametrize(
    "change", ["low = 83", "high = NULL", "n = 0", "value = 101", "metric = 'x'", "source = NULL"]
)
def test_the_database_refuses_figures_that_make_no_sense(any_app: Flask, change: str) -> None:
    load(f"{HEAD}\n{GOOD}\n")
    with pytest.raises(DBAPIError):
        db.session.execute(text(f"UPDATE benchmark SET {change}"))
    db.session.rollback()


def test_a_benchmark_is_removed_with_an_entry_in_the_trail(app: Flask) -> None:
    load(f"{HEAD}\n{GOOD}\n")
    number = db.session.scalars(select(Benchmark.id)).one()
    client = signed_in(app.test_client())
    assert client.post(f"/improve/benchmarks/{number}/remove").status_code == 303
    assert stored() == 0
    assert client.post(f"/improve/benchmarks/{number}/remove").status_code == 404
