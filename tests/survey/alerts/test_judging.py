"""The terms of a rule on one response: a pure function, and what may be said of two rules without any response."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.alerts.said import Judged, Remark
from survey.alerts.terms import Terms
from survey.questions.definition import Definition
from tests import factories

NPS = {"type": "nps", "code": "again", "wording": {"en": "Recommend?"}}
ROOMS = {
    "type": "matrix",
    "code": "rooms",
    "wording": {"en": "Rooms"},
    "reverse": True,
    "points": [{"value": v} for v in range(1, 6)],
    "rows": [{"code": "clean", "wording": {"en": "Clean"}}, {"code": "quiet", "wording": {"en": "Quiet"}}],
}


def definition() -> Definition:
    made = factories.document()
    made["sections"][0]["questions"] += [NPS, ROOMS]
    return Definition.model_validate(made)


ASKED = definition()


def judged(answers: dict[str, Any], *comments: Remark) -> Judged:
    return Judged(ASKED, answers, comments)


def terms(*parts: dict[str, Any], **more: Any) -> Terms:
    return Terms.model_validate({"parts": list(parts)} | more)


def rating(question: str, worst: int) -> dict[str, Any]:
    return {"kind": "rating", "question": question, "worst": worst}


@pytest.mark.parametrize(
    ("part", "answers", "holds"),
    [
        (rating("staff", 2), {"staff": 2}, True),
        (rating("staff", 2), {"staff": 3}, False),
        (rating("staff", 2), {"staff": "na"}, False),
        (rating("staff", 2), {}, False),
        (rating("gone", 2), {"gone": 1}, False),
        (rating("rooms.quiet", 4), {"rooms": {"quiet": 5}}, True),
        (rating("rooms.quiet", 4), {"rooms": {"quiet": 3, "clean": 5}}, False),
        ({"kind": "detractor"}, {"again": 6}, True),
        ({"kind": "detractor"}, {"again": 7}, False),
        ({"kind": "detractor"}, {"staff": 1}, False),
    ],
)
def test_answers_fulfil_a_condition_or_not(part: dict[str, Any], answers: Any, holds: bool) -> None:
    assert (terms(part).judge(judged(answers)) is not None) == holds


@pytest.mark.parametrize(
    ("part", "comment", "holds"),
    [
        ({"kind": "negative"}, Remark("bad", "negative"), True),
        ({"kind": "negative"}, Remark("fine", "positive"), False),
        ({"kind": "negative", "topics": ["waiting"]}, Remark("x", "negative", {"waiting": "neutral"}), True),
        ({"kind": "negative", "topics": ["waiting"]}, Remark("x", "positive", {"waiting": "negative"}), True),
        ({"kind": "negative", "topics": ["waiting"]}, Remark("x", "negative", {"price": "negative"}), False),
        ({"kind": "negative", "about": ["賠償"]}, Remark("必须赔偿", "negative"), True),
        ({"kind": "negative", "about": ["賠償"]}, Remark("已经赔偿，谢谢", "positive"), False),
        ({"kind": "words", "any_of": ["refund*"]}, Remark("They REFUNDED me"), True),
        ({"kind": "words", "any_of": ["退款"]}, Remark("已經退款"), True),
        ({"kind": "alarm", "any_of": ["self_harm"]}, Remark("我不想活了"), True),
        ({"kind": "alarm", "any_of": ["bribe"]}, Remark("我不想活了"), False),
        ({"kind": "alarm", "any_of": ["safety", "legal"]}, Remark("There are bare wires here"), True),
    ],
)
def test_comments_fulfil_a_condition_or_not(part: dict[str, Any], comment: Remark, holds: bool) -> None:
    assert (terms(part).judge(judged({}, comment)) is not None) == holds


def test_reasons_tell_values_and_kinds_but_no_word_of_the_comment() -> None:
    asked = terms(
        rating("staff", 2), {"kind": "words", "any_of": ["王护士"]}, {"kind": "alarm", "any_of": ["violence"]}
    )
    found = asked.judge(judged({"staff": 1}, Remark("王护士打人")))
    assert found == (
        {"kind": "rating", "question": "staff", "value": "1"},
        {"kind": "words"},
        {"kind": "alarm", "alarms": ["violence"]},
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": []},
        {"parts": [{"kind": "nothing"}]},
        {"parts": [{"kind": "words", "any_of": ["*"]}]},
        {"parts": [{"kind": "words", "any_of": []}]},
        {"parts": [{"kind": "alarm", "any_of": ["boredom"]}]},
        {"parts": [rating("staff", 2)], "at_least": 0},
    ],
)
def test_terms_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Terms.model_validate(wrong)


WORDS = ("refund", "退款", "knife", "bill*")
KINDS = ("self_harm", "violence", "bribe", "legal")
TEXTS = ("refund my bills", "他们要红包，必须退款", "a man with a knife", "我要起诉你们", "all well", "")
subsets = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)
topics = st.lists(st.sampled_from(("waiting", "price")), max_size=2, unique=True)
parts = st.one_of(
    st.builds(rating, st.sampled_from(("staff", "rooms.quiet")), st.integers(1, 5)),
    st.just({"kind": "detractor"}),
    st.builds(lambda words: {"kind": "words", "any_of": words}, subsets),
    st.builds(
        lambda kinds: {"kind": "alarm", "any_of": kinds},
        st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True),
    ),
    st.builds(
        lambda of, words: {"kind": "negative", "topics": of, "about": words},
        topics,
        st.one_of(st.just([]), subsets),
    ),
)
asked = st.builds(
    lambda those, match: terms(*those, match=match),
    st.lists(parts, min_size=1, max_size=3),
    st.sampled_from(("all", "any")),
)
remarks = st.builds(
    Remark,
    st.sampled_from(TEXTS),
    st.sampled_from(("negative", "neutral", "positive")),
    st.dictionaries(
        st.sampled_from(("waiting", "price")),
        st.sampled_from(("negative", "neutral", "positive")),
        max_size=2,
    ),
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "staff": st.one_of(st.integers(1, 5), st.just("na")),
        "again": st.integers(0, 10),
        "rooms": st.fixed_dictionaries({"quiet": st.integers(1, 5)}),
    },
)


@given(asked, asked, answers, st.lists(remarks, max_size=2))
def test_what_implies_another_never_holds_without_it(
    one: Terms, other: Terms, said: Any, comments: list[Remark]
) -> None:
    response = judged(said, *comments)
    assert one.implies(one, ASKED)
    if one.implies(other, ASKED) and one.judge(response) is not None:
        assert other.judge(response) is not None


@given(st.lists(parts, min_size=1, max_size=3), answers, st.lists(remarks, max_size=2))
def test_all_is_narrower_than_any(those: list[Any], said: Any, comments: list[Remark]) -> None:
    response = judged(said, *comments)
    every, some = terms(*those, match="all"), terms(*those, match="any")
    assert every.implies(some)
    assert every.judge(response) is None or some.judge(response) is not None


@given(asked, answers, st.lists(remarks, max_size=2))
def test_what_holds_fits_the_questionnaire(one: Terms, said: Any, comments: list[Remark]) -> None:
    if one.judge(judged(said, *comments)) is not None:
        assert one.fits(ASKED)
