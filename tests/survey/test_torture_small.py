"""A small `make torture`: processes are killed while people submit, and nothing is lost or counted twice."""

from __future__ import annotations

import pytest

from tests.bench.installation import POSTGRES
from tests.bench.torture import torture

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_acknowledged_is_lost_or_doubled_under_kill(engine: str) -> None:
    if engine == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    victims = ("web process", "web process", "worker")
    outcome = torture(engine, submissions=150, kills=6, seed=1, repeats=2, victims=victims, patient=False)
    assert sum(outcome.kills.values()) == 6
    assert len(outcome.receipts) == 150
    assert (outcome.given_up, outcome.refusals.total()) == (0, 0)
    assert (outcome.lost, outcome.doubled, outcome.other_receipt) == (0, 0, 0)
    assert (outcome.wrong_forms, outcome.wrong_links) == (0, 0)
    assert (outcome.waiting, outcome.differences) == (0, 0)
    if engine == "sqlite":
        assert outcome.integrity == "ok"
