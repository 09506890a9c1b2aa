from __future__ import annotations

import pytest

from analysis.statistics.published_means import Answers, PrintedMean, check_printed_mean
from analysis.statistics.published_p import ClaimedP, Relation, Usual
from analysis.statistics.published_shares import (
    PrintedShare,
    check_printed_share,
    compare_printed_shares,
)
from analysis.wording import LANGUAGES
from analysis.wording.published_figure import (
    against,
    claim_findings,
    mean_findings,
    p_text,
    share_finding,
    share_text,
    usual_test,
)

CLAIM = ClaimedP(Relation.BELOW, "0.05")


def _claim(first: PrintedShare, second: PrintedShare, locale: str) -> list[str]:
    found = compare_printed_shares(first, second, CLAIM)
    named = against(share_text(first), share_text(second), locale)
    return [one.text for one in claim_findings(found, named, CLAIM, locale)]


def test_the_three_figures_of_the_reports_are_told_in_english() -> None:
    shares = _claim(PrintedShare(50, 50), PrintedShare(50, 48), "en")
    assert shares[0] == "50/50 against 48/50 is not P<0.05: Fisher's exact test gives 0.495."
    printed = PrintedShare(24, percent="88.72")
    assert (
        share_finding(printed, check_printed_share(printed), "en").text
        == "88.72% of 24 persons cannot be: nearest are 21 (87.5%) and 22 (91.67%)."
    )
    mean, answers = PrintedMean(50, "6.50", "0.25"), Answers(3, 10, observed=True)
    texts = [one.text for one in mean_findings(mean, answers, check_printed_mean(mean, answers), "en")]
    assert texts[1].startswith("6.50±0.25 with answers from 3 to 10 (range observed) cannot be an SD")
    assert "standard error: the SD would then be 1.77" in texts[2]


@pytest.mark.parametrize(("locale", "said"), [("zh_Hans", "并不是 P<0.05"), ("zh_Hant", "並不是 P<0.05")])
def test_a_wrong_claim_is_told_in_chinese(locale: str, said: str) -> None:
    assert said in _claim(PrintedShare(50, 50), PrintedShare(50, 48), locale)[0]


def test_a_claim_that_holds_and_one_that_cannot_be_tested() -> None:
    assert "as printed" in _claim(PrintedShare(50, 50), PrintedShare(50, 30), "en")[0]
    assert "cannot be tested" in _claim(PrintedShare(50, 50), PrintedShare(40, 40), "en")[0]


def test_a_test_that_reports_often_use_is_named_where_only_it_gives_the_claim() -> None:
    texts = _claim(PrintedShare(20, 20), PrintedShare(20, 16), "en")
    assert any("Pearson's chi-square test" in text for text in texts)


def test_a_mean_outside_its_answers_and_one_of_many_answers() -> None:
    outside, answers = PrintedMean(20, "11.0", "1"), Answers(1, 10)
    assert "cannot be" in mean_findings(outside, answers, check_printed_mean(outside, answers), "en")[0].text
    many = PrintedMean(500, "3.45")
    assert mean_findings(many, Answers(), check_printed_mean(many, Answers()), "en")[0].fine is None


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_usual_test_has_a_name(locale: str) -> None:
    assert len({usual_test(one, locale) for one in Usual}) == len(Usual)


def test_a_p_is_never_printed_as_nothing() -> None:
    assert [p_text(p) for p in (0.0, 0.0009, 0.0494, 1.0)] == ["<0.001", "<0.001", "0.049", "1.000"]
