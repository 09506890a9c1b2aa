"""The effects that are planted in the demonstration, so that every chart has something true to find."""

from __future__ import annotations

from datetime import date, timedelta

DAYS = 548  # 18 months

IMPROVED_UNIT, IMPROVED_QUESTION = "orthopaedics", "health_talks"
IMPROVED_DAYS_AGO = 160
IMPROVED_BY = 1.1  # standard deviations of opinion

STUFFED_UNIT = "west-hall"
STUFFED_DAYS_AGO = 75
STUFFED_RESPONSES = 140
STUFFED_SECONDS = 4

SLIPPING_UNIT = "imaging"
SLIPPING_BY = -0.9  # over the whole time, a little each day


def opinion_shift(unit: str, question: str, day: date, last: date) -> float:
    """What is added to a customer's opinion on this day, in standard deviations."""
    shift = 0.0
    if unit == IMPROVED_UNIT and question == IMPROVED_QUESTION and day > last - timedelta(IMPROVED_DAYS_AGO):
        shift += IMPROVED_BY
    if unit == SLIPPING_UNIT:
        shift += SLIPPING_BY * (1 - (last - day).days / DAYS)
    return shift
