"""A small `make torture`: processes are killed while people submit, and nothing is lost or counted twice."""

from __future__ import annotations

import pytest

from tests.bench.installation import POSTGRES
from tests.bench.torture.kills import torture

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_acknowledged_is_lost_or_doubled_under_kill(engine: str) -> None:
    if engine == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    victims = ("web process", "web process", "worker")
    outcome = torture(engine, submissions=150, kills=6, seed=1, victims=victims, patient=False)
    assert sum(outcome.killed.values()) == 6
    assert len(outcome.seen.receipts) == 150
    assert (outcome.seen.given_up, outcome.seen.refusals) == (0, 0)
    assert outcome.counted.clean, outcome.counted
