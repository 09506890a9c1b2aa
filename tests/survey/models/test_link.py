"""What a link is at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from survey.models import LinkState, state_of
from tests import factories

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, LinkState.OPEN),
        ({"opens_at": NOON, "closes_at": NOON + HOUR}, LinkState.OPEN),
        ({"opens_at": NOON + HOUR}, LinkState.EARLY),
        ({"closes_at": NOON}, LinkState.OVER),
        ({"paused_at": NOON - HOUR}, LinkState.PAUSED),
        ({"paused_at": NOON - HOUR, "opens_at": NOON + HOUR}, LinkState.PAUSED),
        ({"paused_at": NOON - HOUR, "closes_at": NOON - HOUR}, LinkState.OVER),
        ({"closed_at": NOON - HOUR, "closes_at": NOON - HOUR}, LinkState.CLOSED),
    ],
)
def test_a_link_is_what_its_times_say(app: Flask, given: dict[str, datetime], state: LinkState) -> None:
    assert state_of(factories.link(**given), NOON) == state


def test_a_link_to_a_retired_questionnaire_takes_no_responses(app: Flask) -> None:
    link = factories.link()
    link.questionnaire.retired_at = NOON - HOUR
    assert state_of(link, NOON) == LinkState.UNPUBLISHED
