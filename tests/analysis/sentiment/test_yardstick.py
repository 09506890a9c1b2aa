"""Real labelled comments: the scores must keep what they have reached.

The floors stand a point or two below the figures of docs/sentiment.md.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analysis.sentiment.evaluate import auc, macro_f1, predict
from analysis.sentiment.score import NEUTRAL_BAND

SETS = Path(__file__).parents[4] / "shared" / "data" / "sentiment"

# set: macro-F1 over its own classes, macro-F1 of the negative and positive ones, AUC
FLOORS = {
    "en_hospital_nhs": (0.59, 0.75, 0.90),
    "en_power_uk": (0.90, 0.90, 0.965),
    "en_bank_in": (0.87, 0.87, 0.93),
    "zh_hant_hospital_tw": (0.61, 0.88, 0.95),
    "zh_hotel": (0.81, 0.81, 0.90),
    "zh_takeaway": (0.80, 0.80, 0.90),
    "zh_bank": (0.66, 0.81, 0.92),
}


def sign(score: float, band: float) -> str:
    return "neu" if abs(score) <= band else "pos" if score > 0 else "neg"


@pytest.mark.parametrize("name", FLOORS)
def test_real_comments_are_read_at_least_as_well_as_before(name: str) -> None:
    path = SETS / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"the labelled set {name} is not beside the repository")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    gold, scores = (
        [row["label"] for row in rows],
        [found.score for found in predict(row["text"] for row in rows)],
    )
    polar = [(label, score) for label, score in zip(gold, scores, strict=True) if label != "neu"]
    classes = sorted(set(gold))
    band = NEUTRAL_BAND if "neu" in classes else 0.0
    reached = (
        macro_f1(gold, [sign(score, band) for score in scores], classes),
        macro_f1([label for label, _ in polar], [sign(score, 0.0) for _, score in polar], ["neg", "pos"]),
        auc([s for label, s in polar if label == "pos"], [s for label, s in polar if label == "neg"]),
    )
    assert all(figure >= floor for figure, floor in zip(reached, FLOORS[name], strict=True)), reached
