"""A search finds exactly the comments in which a plain reading of all of them finds the words."""

from __future__ import annotations

import random
import re
import unicodedata
import uuid
from datetime import date

import pytest
from flask import Flask
from opencc import OpenCC
from sqlalchemy import text, update

from analysis.searching import terms
from survey.extensions import db
from survey.figures import Filters, comment_search, comments
from survey.figures.comment_filters import Wanted
from survey.models import Comment
from survey.processing import searching
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process

WORDS = (
    "nurse",
    "nurses",
    "Nur",
    "a",
    "kind",
    "KIND",
    "100",
    "10",
    "it's",
    "护士",
    "護士",
    "士兵",
    "护",
    "态度很差",
    "差",
    "Ｃ",
    "é",
)
SIGNS = (" ", " ", "", ", ", "，", "-", "\n", "！")
QUERIES = (
    "nurs", "nurse", '"nurse"', "a", "kind nurse", '"kind nurse"', "护士", "護", "士", "很差 护", "度很", "100", '"10"',
    "10", "it's", "e", "c", "nurse护士", '"护士 a"', "kind，差", "nowhere",
)  # fmt: skip
_SIMPLIFY = OpenCC("t2s")
HAN = "\u4e00-\u9fff"


def plain(said: str) -> str:
    """One space between words and where Chinese begins or ends; letters folded."""
    bare = unicodedata.normalize("NFKD", said).casefold().replace("\u0301", "")
    bare = "".join(_SIMPLIFY.convert(char) for char in bare)
    parted = re.sub(f"(?<=[{HAN}])(?=[a-z0-9])|(?<=[a-z0-9])(?=[{HAN}])", " ", bare)
    return f" {' '.join(re.findall(f'[a-z0-9{HAN}]+', parted))} "


def says(said: str, query: str) -> bool:
    parts = re.findall(r'"([^"]+)"|([^\s，]+)', query)
    return all(_has(plain(said), plain(whole or part).strip(), bool(whole)) for whole, part in parts)


def _has(said: str, part: str, whole: bool) -> bool:
    before = "" if part[0] > "z" else " "
    word = part.rpartition(" ")[2]
    after = " " if word[-1] <= "z" and (whole or len(word) == 1) else ""
    return before + part + after in said


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place, chance = organisation(), random.Random(7)  # noqa: S311
    for _number in range(150):
        said = "".join(chance.choice(WORDS) + chance.choice(SIGNS) for _word in range(chance.randrange(1, 8)))
        place.answer(chance.randrange(4), 0, {"staff": 5, "why": said})
    process()
    return place


def _filters(place: Organisation, unit: int | None = None) -> Filters:
    path = place.wards[unit].path if unit is not None else ""
    return Filters(place.questionnaire.id, FIRST, FIRST, unit_path=path)


def _found(filters: Filters, query: str, size: int = 25) -> tuple[list[uuid.UUID], int | None]:
    """Page by page."""
    wanted, mark, ids, count = Wanted(terms=tuple(terms(query))), None, [], None
    while True:
        page = comments.page(None, filters, wanted, without=(), older_than=mark, size=size)
        ids += [one.comment.response_id for one in page.comments]
        count, mark = page.count, page.older
        if mark is None:
            return ids, count


@pytest.mark.parametrize("many", [5, 2000])
def test_a_search_finds_what_reading_everything_finds(
    place: Organisation, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comment_search, "MANY", many)
    stored = db.session.execute(db.select(Comment.response_id, Comment.text, Comment.unit_id)).all()
    for query in QUERIES:
        for unit in (None, 1):
            filters = _filters(place, unit)
            ward = place.wards[1].id
            wanted = {
                row.response_id
                for row in stored
                if says(row.text, query) and unit in (None, row.unit_id == ward)
            }
            found, count = _found(filters, query)
            assert len(found) == len(set(found)), query
            assert set(found) == wanted, query
            assert count == len(wanted), query


def test_pages_lead_back_to_where_they_came_from(place: Organisation) -> None:
    wanted = Wanted(terms=tuple(terms("护士")))
    first = comments.page(None, _filters(place), wanted, without=(), size=5)
    second = comments.page(None, _filters(place), wanted, without=(), older_than=first.older, size=5)
    back = comments.page(None, _filters(place), wanted, without=(), newer_than=second.newer, size=5)
    assert [one.cursor for one in back.comments] == [one.cursor for one in first.comments]


def test_a_comment_whose_text_goes_is_found_no_more(place: Organisation) -> None:
    gone = db.session.execute(db.select(Comment.place).limit(1)).scalar_one()
    before = len(_found(_filters(place), "a")[0])
    db.session.execute(update(Comment).where(Comment.place == gone).values(words=["quokka", "a"]))
    db.session.commit()
    assert len(_found(_filters(place), "quok")[0]) == 1
    db.session.execute(db.delete(Comment).where(Comment.place == gone))
    db.session.commit()
    assert _found(_filters(place), "quok")[0] == []
    assert len(_found(_filters(place), "a")[0]) in (before, before - 1)


def test_stored_comments_without_words_are_read_once(place: Organisation) -> None:
    before = _found(_filters(place), "nurs")
    db.session.execute(update(Comment).values(words=None))
    db.session.commit()
    assert _found(_filters(place), "nurs")[0] == []
    assert [searching.read_what_is_stored(db.session.commit) for _time in range(2)] == [150, 0]
    after = _found(_filters(place), "nurs")
    assert (sorted(after[0]), after[1]) == (sorted(before[0]), before[1])


def test_places_tell_the_day_and_nothing_of_the_order_within(place: Organisation) -> None:
    stored = db.session.scalars(db.select(Comment.place)).all()
    assert len(set(stored)) == 150
    assert len({one >> 46 for one in stored}) == 1
    assert db.session.scalar(text("SELECT count(*) FROM comment WHERE words IS NULL")) == 0


def test_the_index_of_words_is_asked_once_not_for_each_comment(any_app: Flask) -> None:
    """However often a word is written: asked row by row, a common one took minutes."""
    if db.engine.dialect.name != "sqlite":
        return  # its planner goes by what is stored, and little is
    filters = Filters(1, date(2026, 1, 1), date(2026, 12, 31))
    wanted = Wanted(terms=tuple(terms("the")))
    listing = comments._listed(None, filters, wanted, ())
    statement = comments._after(listing, None, False, wanted).limit(26)
    sql = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert plan[0].startswith("SCAN comment_search VIRTUAL TABLE"), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
