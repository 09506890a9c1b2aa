"""How well the lists find what a comment is about: `python -m analysis.topics.evaluate FOLDER`.

FOLDER holds labelled sets: NAME.csv (id, text) and aspects_NAME.csv (id, aspect, label: neg, neu or pos).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.sentiment.evaluate import auc

from .reading import read
from .types import Reading

Aspects = dict[str, str]  # topic, or topic.subtopic, which has the last word -> aspect; "" is none

# set: its sector, and which of our topics its coders call what. NHS coders count praise of "staff" without a
# manner, activities and medicines among nothing that the set keeps.
SETS: dict[str, tuple[str, Aspects]] = {
    "en_hospital_nhs": (
        "hospital",
        {
            "attitude": "staff", "attitude.staff": "", "attitude.staffing": "", "attitude.": "",
            "competence": "quality", "outcome": "quality", "outcome.medication": "",
            "information": "information", "waiting": "wait", "process": "process", "continuity": "process",
            "environment": "environment", "facilities": "environment", "facilities.activities": "",
            "price": "price",
        },
    ),
    "zh_restaurant_asap": (
        "catering",
        {
            "attitude": "staff", "waiting": "wait", "environment": "environment",
            "facilities.rooms": "environment", "facilities.food": "quality", "outcome": "quality",
            "process.location": "access", "facilities.parking": "access", "price": "price",
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """Over all comments and aspects together; `auc` of the clauses' scores, positive against negative labels."""

    comments: int
    precision: float
    recall: float
    f1: float
    auc: float


def aspects_of(reading: Reading, names: Aspects) -> dict[str, float]:
    """The aspects a reading names, each with the mean score of the sub-topics that name it."""
    found: dict[str, list[float]] = {}
    for topic in reading.topics:
        for part in topic.subtopics:
            aspect = names.get(f"{topic.topic}.{part.code}", names.get(topic.topic, ""))
            if aspect:
                found.setdefault(aspect, []).append(part.score)
    return {aspect: sum(scores) / len(scores) for aspect, scores in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _gold(path: Path) -> dict[str, dict[str, str]]:
    gold: dict[str, dict[str, str]] = {}
    for row in _rows(path):
        labels = gold.setdefault(row["id"], {})
        if row["aspect"] != "none":
            labels[row["aspect"]] = row["label"]
    return gold


def measure(folder: Path, name: str, sector: str | None) -> Measured:
    """Detection and polarity on one set. Raises OSError where the set is not there."""
    names = SETS[name][1]
    gold = _gold(folder / f"aspects_{name}.csv")
    texts = {row["id"]: row["text"] for row in _rows(folder / f"{name}.csv") if row["id"] in gold}
    counts: Counter[str] = Counter()
    scores: dict[str, list[float]] = {"pos": [], "neu": [], "neg": []}
    for place, reading in zip(texts, read(list(texts.values()), sector), strict=True):
        found, labels = aspects_of(reading, names), gold[place]
        both = found.keys() & labels.keys()
        counts.update(hit=len(both), found=len(found), there=len(labels))
        for aspect in both:
            scores[labels[aspect]].append(found[aspect])
    hit, claimed, there = counts["hit"], counts["found"], counts["there"]
    f1 = 2 * hit / (claimed + there)
    return Measured(len(texts), hit / claimed, hit / there, f1, auc(scores["pos"], scores["neg"]))


def table(folder: Path) -> list[str]:
    """The measures of every set with its own sector's lists and with those of all; what is absent is said."""
    lines = ["topics: set, lists, comments, precision, recall, F1, AUC of the clauses"]
    for name, (own, _) in SETS.items():
        for sector in (own, None):
            try:
                got = measure(folder, name, sector)
            except FileNotFoundError:
                lines.append(f"{name}: skipped, the set is not in {folder}")
                break
            figures = " ".join(f"{value:.3f}" for value in (got.precision, got.recall, got.f1, got.auc))
            lines.append(f"{name:20} {sector or 'all':10} {got.comments:5} {figures}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(Path(sys.argv[1]))) + "\n")
