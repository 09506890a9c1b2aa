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


DRIVER_QUESTIONNAIRE, DRIVER = "power-hall", "speed"
DRIVER_BY = -0.7  # waiting is judged worse than the rest …
DRIVEN = {"overall": 1.1, "recommend": 1.0, "easy": 0.4}  # … and decides more than the rest

EXPECTED, EXPECTED_BY = "_expected", 0.75  # expectations are high, whatever was experienced
SHORT_OF, SHORT_BY = "responsiveness.", -0.8

FEELINGS: dict[str, tuple[int, ...]] = {  # like, must, neutral, live, dislike
    "notice": (10, 60, 20, 8, 2),
    "no_notice": (2, 3, 10, 15, 70),
    "booking": (75, 10, 15, 0, 0),
    "no_booking": (0, 15, 40, 35, 10),
    "tea": (20, 5, 60, 15, 0),
    "no_tea": (0, 5, 60, 30, 5),
}


def opinion(questionnaire: str, question: str, base: float, waiting: float) -> float:
    """A customer's opinion on a question, from that on the whole and that on waiting."""
    if EXPECTED in question:
        return EXPECTED_BY + 0.3 * base
    if questionnaire == DRIVER_QUESTIONNAIRE:
        return base + (DRIVER_BY + waiting if question == DRIVER else DRIVEN.get(question, 0.0) * waiting)
    return base + (SHORT_BY if question.startswith(SHORT_OF) else 0.0)


def opinion_shift(unit: str, question: str, day: date, last: date) -> float:
    """What is added to a customer's opinion on this day, in standard deviations."""
    shift = 0.0
    if unit == IMPROVED_UNIT and question == IMPROVED_QUESTION and day > last - timedelta(IMPROVED_DAYS_AGO):
        shift += IMPROVED_BY
    if unit == SLIPPING_UNIT:
        shift += SLIPPING_BY * (1 - (last - day).days / DAYS)
    return shift


# a theme that no topic covers, spoken of lately
RISING_UNIT = "east-hall"
RISING_RESPONSES = 25
RISING_DAYS = 21
