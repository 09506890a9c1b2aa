from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import theme
from analysis.charts.labels import LINES, escape, wrap


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [theme.LOW, theme.MIDDLE, theme.HIGH, theme.HIDDEN, *theme.diverging(7)])
def test_text_on_every_colour_can_be_read(colour: str) -> None:
    assert contrast(theme.text_on(colour), colour) >= 4.5


@given(st.floats(0, 1))
def test_text_in_a_heat_map_can_be_read(share: float) -> None:
    colour = theme.single_hue(share)
    assert contrast(theme.text_on(colour), colour) >= 4.5


@pytest.mark.parametrize("colour", [theme.INK, theme.QUIET])
def test_text_on_the_page_can_be_read(colour: str) -> None:
    assert contrast(colour, "#FFFFFF") >= 4.5


@pytest.mark.parametrize("parts", range(1, 12))
def test_the_colours_of_a_scale_are_all_different(parts: int) -> None:
    colours = theme.diverging(parts)
    assert len(set(colours)) == parts
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)


def columns(text: str) -> int:
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in plain)


@given(st.text("abc 心内科门诊<>&", max_size=90), st.integers(4, 40))
def test_a_wrapped_label_is_never_wider_or_longer_than_allowed(text: str, width: int) -> None:
    lines = wrap(text, width).split("<br>")
    assert len(lines) <= LINES
    assert all(columns(line) <= width for line in lines)


def test_a_label_that_fits_is_whole_and_a_longer_one_ends_in_an_ellipsis() -> None:
    assert wrap("第一人民医院心血管内科三病区") == "第一人民医院心血管内<br>科三病区"
    assert wrap("Patient transport services") == "Patient transport<br>services"
    assert wrap("一" * 40).endswith("…")


def test_escaping_keeps_what_people_wrote() -> None:
    assert escape("A & B <i>") == "A &amp; B &lt;i&gt;"
