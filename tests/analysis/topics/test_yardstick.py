"""Real labelled comments: topics must be found as well as the figures of docs/topics.md say."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.topics.evaluate import SETS, measure, table

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "sentiment"

# set: F1 of detection, AUC of the clauses' scores
FLOORS = {"en_hospital_nhs": (0.69, 0.92), "zh_restaurant_asap": (0.87, 0.90)}


@pytest.mark.parametrize("name", FLOORS)
def test_topics_of_real_comments_are_found_at_least_as_well_as_before(name: str) -> None:
    if not (FOLDER / f"aspects_{name}.csv").exists():
        pytest.skip(f"the labelled set {name} is not beside the repository")
    reached = measure(FOLDER, name, SETS[name][0])
    assert (reached.f1 >= FLOORS[name][0], reached.auc >= FLOORS[name][1]) == (True, True), reached


def test_the_table_says_which_sets_are_absent(tmp_path: Path) -> None:
    assert [line.partition(",")[0] for line in table(tmp_path)[1:]] == [f"{name}: skipped" for name in SETS]
