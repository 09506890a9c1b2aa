from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.published_means import PrintedMean
from analysis.statistics.published_shares import PrintedShare
from survey.checking.reading import Unreadable, claimed_p, end, mean, share


@pytest.mark.parametrize(
    ("text", "n", "read"),
    [
        ("48/50", "", PrintedShare(50, 48)),
        ("48", "50", PrintedShare(50, 48)),
        ("48 of 50", "50", PrintedShare(50, 48)),
        ("４８／５０（９６．０％）", "", PrintedShare(50, 48, "96.0")),
        ("48例（96.0%）", "50例", PrintedShare(50, 48, "96.0")),
        ("88.72 % of 24", "", PrintedShare(24, None, "88.72")),
        ("96% (n = 50)", "", PrintedShare(50, None, "96")),
        ("1,250/1,400", "", PrintedShare(1400, 1250)),
        (".5%", "n=1,000", PrintedShare(1000, None, "0.5")),
    ],
)
def test_shares_are_read_as_reports_print_them(text: str, n: str, read: PrintedShare) -> None:
    assert share(text, n) == read


@pytest.mark.parametrize(
    ("text", "n", "read"),
    [
        ("6.50±0.25", "50", PrintedMean(50, "6.50", "0.25")),
        ("６．５０ ± ０．２５", "５０", PrintedMean(50, "6.50", "0.25")),
        ("6.50+/-0.25分", "50人", PrintedMean(50, "6.50", "0.25")),
        ("6.50 (0.25)", "50", PrintedMean(50, "6.50", "0.25")),
        ("-.5", "7", PrintedMean(7, "-0.5")),
        ("6.5（n=20）", "", PrintedMean(20, "6.5")),
    ],
)
def test_means_are_read_as_reports_print_them(text: str, n: str, read: PrintedMean) -> None:
    assert mean(text, n) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("P<0.05", "P<0.05"), ("p＜０.０５", "P<0.05"), ("0.03", "P=0.03"), ("P = .030", "P=0.030"),
        ("P≥0.05", "P≥0.05"), ("p<=0.01", "P≤0.01"), ("ns", "P>0.05"), ("P: n.s.", "P>0.05"),
    ],
)  # fmt: skip
def test_p_is_read_as_reports_print_it(text: str, read: str) -> None:
    assert str(claimed_p(text)) == read


@pytest.mark.parametrize(
    ("text", "n", "said"),
    [
        ("88.72", "24", "count such as 48"),
        ("51/50", "", "larger than n"),
        ("48/50", "60", "not the number behind"),
        ("48", "", "how many persons"),
        ("0/0", "", "1 or more"),
        ("101%", "50", "between 0 and 100"),
        ("48", "99999999", "10,000,000"),
        ("0.12345678901%", "50", "ten digits"),
    ],
)
def test_what_is_no_share_is_said_in_a_sentence(app: Flask, text: str, n: str, said: str) -> None:
    with pytest.raises(Unreadable) as error:
        share(text, n)
    assert said in str(error.value.said)


@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text: str, n: str) -> None:
    for read in (lambda: share(text, n), lambda: mean(text, n), lambda: claimed_p(text), lambda: end(text)):
        try:
            read()
        except Unreadable as error:
            assert error.said
