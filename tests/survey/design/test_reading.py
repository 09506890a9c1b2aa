"""What is wrong with a definition is said with its path and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.design import library, messages
from survey.design.reading import check, missing_translations, read_document
from survey.design.source import MOST_ERRORS, DefinitionErrors, Flaw
from tests.factories import document
from tests.survey.questions.samples import SAMPLES, TYPES, question, words

Change = Callable[[dict[str, Any]], Any]
QUESTION = "sections[0].questions[0]"


def _flaws(source: str | bytes) -> list[Flaw]:
    with pytest.raises(DefinitionErrors) as caught:
        read_document(source.encode() if isinstance(source, str) else source)
    return caught.value.flaws


def _changed(change: Change) -> list[Flaw]:
    given = json.loads(json.dumps(document()))
    change(given)
    return _flaws(json.dumps(given, indent=1))


def _questions(given: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = given["sections"][0]["questions"]
    return found


def test_a_right_document_is_read_with_and_without_a_byte_order_mark() -> None:
    source = json.dumps(document(), ensure_ascii=False).encode()
    assert read_document(source) == read_document(b"\xef\xbb\xbf" + source) == document()


def test_a_syntax_error_is_named_with_line_and_column() -> None:
    (flaw,) = _flaws('{\n "code": "x"\n "title": 1}')
    assert (flaw.path, flaw.line) == ("", 3)
    assert "column 2" in flaw.message


@pytest.mark.parametrize(
    ("source", "words_"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        ("{\n\n\u00e9}".encode("latin-1"), "UTF-8"),
        ("{}".encode("utf-16"), "UTF-8"),
        (b" " * (1024 * 1024 + 1), "1 MB"),
        (b"[" * 100_000, "deeply"),
        (b"[" * 30 + b"]" * 30, "deeply"),
        (b'{"code": NaN}', "NaN"),
        (b'{"code": ' + b"9" * 5000 + b"}", "too long"),
        (b"[" + b"1," * 60_000 + b"1]", "more parts"),
        (b'{"' + b"k" * 5000 + b'": 1}', "not known"),
        (b"[]", "object"),
        (b"null", "object"),
        (b'"text"', "object"),
    ],
)
def test_what_is_no_definition_is_refused_in_plain_words(source: bytes, words_: str) -> None:
    assert words_ in _flaws(source)[0].message


def test_a_key_written_twice_is_found_on_its_second_line() -> None:
    (flaw,) = _flaws('{\n"code": "a",\n"title": {"en": "x"},\n"code": "b"\n}')
    assert (flaw.path, flaw.line) == ("code", 4)
    assert "twice" in flaw.message


RATING_AHEAD = {"question": "later", "value": 1}


@pytest.mark.parametrize(
    ("change", "path", "words_"),
    [
        (lambda d: d.pop("title"), "title", "missing"),
        (lambda d: d.update(colour="red"), "colour", "not known"),
        (lambda d: d.update(code="Small Code"), "code", "small letters"),
        (lambda d: d.update(languages=["de"]), "languages[0]", "zh_Hans"),
        (lambda d: d.update(languages=["en", "en"]), "languages", "twice"),
        (lambda d: d["title"].update(de="x"), "title.de", "not a language"),
        (lambda d: d["title"].update(en=" "), "title.en", "empty"),
        (lambda d: d["title"].update(en="a\x00b"), "title.en", "control"),
        (lambda d: d["title"].update(en="At {ward}"), "title.en", "{ward}"),
        (lambda d: d["privacy"].update(anonymous="yes"), "privacy.anonymous", "true or false"),
        (lambda d: _questions(d)[0].pop("type"), QUESTION, "type"),
        (lambda d: _questions(d)[0].update(type="stars"), QUESTION, "stars"),
        (lambda d: _questions(d)[0].pop("points"), f"{QUESTION}.points", "missing"),
        (lambda d: _questions(d)[0].update(points=[{"value": 1}]), f"{QUESTION}.points", "2 or more"),
        (lambda d: _questions(d)[0]["points"][2].update(value="3"), f"{QUESTION}.points[2].value", "whole number"),
        (lambda d: _questions(d)[0]["points"][2].update(value=1), f"{QUESTION}.points[2].value", "before"),
        (lambda d: _questions(d)[0].update(satisfied_from=9), f"{QUESTION}.satisfied_from", "scale"),
        (lambda d: _questions(d)[0].update(metric="nps"), f"{QUESTION}.metric", "fit"),
        (lambda d: _questions(d)[0].update(metric="stars"), f"{QUESTION}.metric", "csat"),
        (lambda d: _questions(d)[0].update(dimension="care"), f"{QUESTION}.dimension", "care"),
        (lambda d: _questions(d)[1].update(code="staff"), "sections[0].questions[1].code", "before"),
        (lambda d: d["sections"].append(d["sections"][0] | {"questions": [_questions(d)[1] | {"code": "x"}]}),
         "sections[1].code", "before"),
        (lambda d: _questions(d)[0].update(show_if=RATING_AHEAD), f"{QUESTION}.show_if.question", "later"),
        (lambda d: _questions(d)[0].update(show_if={"question": "staff", "value": 1}),
         f"{QUESTION}.show_if.question", "look back"),
        (lambda d: _questions(d)[0].update(show_if={}), f"{QUESTION}.show_if", "exactly one"),
        (lambda d: _questions(d)[1].update(show_if={"question": "staff", "value": 6}),
         "sections[0].questions[1].show_if.value", "6"),
        (lambda d: _questions(d)[1].update(show_if={"question": "staff", "op": "at_most", "value": "3"}),
         "sections[0].questions[1].show_if.value", "number"),
        (lambda d: _questions(d)[1].update(show_if={"question": "staff", "value": True}),
         "sections[0].questions[1].show_if.value", "number"),
        (lambda d: _questions(d)[1].update(purpose="blame"), "sections[0].questions[1].purpose", "improve"),
        (lambda d: d.update(sections=[]), "sections", "1 or more"),
        (lambda d: d.update(dimensions={"Bad Code": {"en": "x"}}), "dimensions.Bad Code", "small letters"),
    ],
)  # fmt: skip
def test_an_error_is_named_with_path_line_and_reason(change: Change, path: str, words_: str) -> None:
    (flaw,) = _changed(change)
    assert flaw.path == path
    assert flaw.line is not None
    assert words_ in flaw.message


def test_every_text_needs_the_first_language_of_the_questionnaire() -> None:
    flaws = _changed(lambda d: d.update(languages=["zh_Hant", "en"]))
    assert {"title", "privacy.notice", f"{QUESTION}.wording", f"{QUESTION}.points[0].label"} <= {
        f.path for f in flaws
    }
    assert all("zh_Hant" in flaw.message for flaw in flaws)


def test_the_line_is_that_of_the_wrong_value() -> None:
    given = document()
    given["sections"][0]["questions"][0]["satisfied_from"] = 77
    source = json.dumps(given, indent=1)
    (flaw,) = _flaws(source)
    assert flaw.line is not None
    assert "satisfied_from" in source.splitlines()[flaw.line - 1]


def test_several_errors_are_told_at_once_in_the_order_of_lines() -> None:
    def many(given: dict[str, Any]) -> None:
        given["colour"] = "red"
        for asked in _questions(given):
            asked["code"] = "Not a code"

    flaws = _changed(many)
    assert len(flaws) == 3
    assert [flaw.line for flaw in flaws] == sorted(flaw.line or 0 for flaw in flaws)


def test_no_more_errors_than_one_can_read_are_told() -> None:
    with pytest.raises(DefinitionErrors) as caught:
        check(document() | {f"extra_{i}": 1 for i in range(50)})
    assert (len(caught.value.flaws), caught.value.more) == (MOST_ERRORS, 50 - MOST_ERRORS)


@pytest.mark.parametrize("code", ["na", "missing", "answered"])
def test_an_option_cannot_take_a_code_with_a_meaning_of_its_own(code: str) -> None:
    asked = {"type": "choice", "code": "q", "wording": words("Which?")} | SAMPLES["choice"]
    asked["options"] = [*asked["options"][:1], {"code": code, "label": words("x")}]
    flaws = _changed(lambda d: _questions(d).append(asked))
    assert flaws[0].path == "sections[0].questions[2].options[1].code"


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_every_type_is_read_and_written_back_the_same(type_: str) -> None:
    asked = {"type": type_, "code": "q", "wording": words("How?")} | SAMPLES[type_]
    given = document()
    given["sections"][0]["questions"].append(asked)
    definition = check(read_document(json.dumps(given).encode()))
    assert definition.model_dump(mode="json", by_alias=True, exclude_unset=True) == given


def test_missing_translations_are_listed_with_their_path() -> None:
    given = document(thanks={"en": "Thank you"})
    assert missing_translations(check(given)) == [("zh_Hans", "thanks")]


def test_labels_that_are_built_in_are_never_missing() -> None:
    for type_ in ("smiley", "effort", "nps"):
        for label in question(type_).value_labels().values():
            assert label.lacks(["en"]) == []


PARTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["q", "en", "na"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "code", "wording", "points", "value", "show_if", "all", "question", "options", "en"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    part=PARTS,
    key=st.sampled_from(["title", "sections", "languages", "privacy", "dimensions", "layout", "code"]),
)
def test_whatever_stands_in_a_document_is_read_or_refused(part: Any, key: str) -> None:
    try:
        read_document(json.dumps(document() | {key: part}, default=str).encode())
    except DefinitionErrors as error:
        assert error.flaws


@given(part=PARTS, type_=st.sampled_from(sorted(TYPES)), key=st.sampled_from(
    ["points", "rows", "options", "labels", "faces", "show_if", "min", "max", "decimals", "most", "earliest", "wording",
     "metric", "satisfied_from", "low", "not_applicable", "dimension"]))  # fmt: skip
def test_whatever_stands_in_a_question_is_read_or_refused(part: Any, type_: str, key: str) -> None:
    given = document()
    given["sections"][0]["questions"].append(
        {"type": type_, "code": "q", "wording": words("How?")} | SAMPLES[type_] | {key: part}
    )
    try:
        read_document(json.dumps(given, default=str).encode())
    except DefinitionErrors as error:
        assert all(flaw.message for flaw in error.flaws)


def test_every_message_can_be_filled_in_with_what_comes_with_it() -> None:
    source = library.source("rater").replace(b'"assurance"', b'"assurances"', 1)
    assert "assurance" in _flaws(source)[0].message
    assert messages.own("metric_unfit", {"metric": "nps"}).startswith("The metric")
