"""What a question tells of who answered."""

from __future__ import annotations

from survey.processing.joint_layout import layout_of
from survey.questions.definition import Definition
from tests import factories
from tests.survey.questions.test_pairs import asking, choice, flaws, rating


def test_a_question_that_tells_the_age_group_is_known_and_keeps_its_series() -> None:
    plain = Definition.model_validate(asking(choice("years"))).tracks["years"]
    told = Definition.model_validate(asking(choice("years", tells="age_group"))).tracks["years"]
    assert (plain.tells, told.tells) == (None, "age_group")
    assert plain.fingerprint == told.fingerprint


def test_only_one_question_tells_it() -> None:
    found = flaws(choice("years", tells="age_group"), choice("age", tells="age_group"))
    assert found == [
        ("sections[0].questions[1].tells", "“years” tells that already; one question is enough.")
    ]


def test_nothing_else_can_be_told() -> None:
    assert flaws(choice("years", tells="income"))[0][0] == "sections[0].questions[0].tells"


def test_ages_are_counted_in_pairs_however_many_questions_there_are(app: object) -> None:
    scales = [rating(f"q{number}") for number in range(60)]
    document = asking(*scales, choice("years", tells="age_group"))
    version = factories.published(**document).published
    codes = [item.code for item in layout_of(version).items]
    assert "years" in codes and sum(len(item.levels) for item in layout_of(version).items) <= 240
