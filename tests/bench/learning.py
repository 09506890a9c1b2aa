"""`make bench-text`: what an organisation's own labels teach, and how fast. On the labelled sets beside the repository.

200 and 1,000 labels: drawn by chance (200 three times), the rest of the set is asked; all: five folds, each label is
asked of a model that has not learned from its fold.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence

from analysis.sentiment import Label, classify
from analysis.sentiment.calibrate import Labelled, learned
from analysis.sentiment.calibrated import CLASSES
from tests.bench.comments import DATA, SETS, figures, read_rows

NAMES = {"neg": Label.NEGATIVE, "neu": Label.NEUTRAL, "pos": Label.POSITIVE}
SHORT = {label: name for name, label in NAMES.items()}
DRAWS = {200: 3, 1000: 1}
LEFT = 100  # comments that must be left to ask
PACE = 5000


def _taught(rows: Sequence[Labelled], language: str, asked: Sequence[Labelled]) -> tuple[float, float, float]:
    classes = [label for label in CLASSES if any(row.label is label for row in rows)]
    model, _said = learned(rows, [], language, 1, classes)
    found = classify([row.text for row in asked], models={language: model})
    return figures([SHORT[row.label] for row in asked], found)


def _drawn(rows: Sequence[Labelled], language: str, count: int, seed: int) -> tuple[float, float, float]:
    order = random.Random(seed).sample(range(len(rows)), len(rows))
    return _taught([rows[i] for i in order[:count]], language, [rows[i] for i in order[count:]])


def _mean(rows: Sequence[Labelled], language: str, count: int) -> str:
    if len(rows) - count < LEFT:
        return "–"
    runs = [_drawn(rows, language, count, seed) for seed in range(DRAWS[count])]
    return " / ".join(f"{sum(run[at] for run in runs) / len(runs):.3f}" for at in range(3))


def _all(rows: Sequence[Labelled], language: str) -> str:
    parts = [[row for at, row in enumerate(rows) if at % 5 == fold] for fold in range(5)]
    runs = [
        _taught([row for other in parts if other is not part for row in other], language, part)
        for part in parts
    ]
    return " / ".join(f"{sum(run[at] for run in runs) / len(runs):.3f}" for at in range(3))


def quality() -> None:
    print("\n| own labels | n | 200: F1 / two classes / AUC | 1,000 | all |\n|---|---|---|---|---|")
    for name in SETS:
        if not (DATA / "sentiment" / f"{name}.csv").exists():
            print(f"skipped: {name} is not beside the repository")
            continue
        texts, gold = read_rows(name)
        rows = [Labelled(text, NAMES[label]) for text, label in zip(texts, gold, strict=True)]
        random.Random(2).shuffle(rows)
        cells = [_mean(rows, name[:2], 200), _mean(rows, name[:2], 1000), _all(rows, name[:2])]
        print(f"| {name} | {len(rows)} | {' | '.join(cells)} |", flush=True)


def speed() -> None:
    texts, gold = read_rows("en_hospital_nhs")
    rows = [
        Labelled(f"{text} {at % 7}", NAMES[label])
        for at, (text, label) in enumerate(zip(texts, gold, strict=True))
    ]
    many = (rows * 4)[:PACE]
    many = [Labelled(f"{row.text} {at // len(rows)}", row.label) for at, row in enumerate(many)]
    begun = time.process_time()
    model, _said = learned(many, [], "en", 1, CLASSES)
    print(
        f"\nlearning from {len(many)} labels: {time.process_time() - begun:.1f} s of a processor, 30 wanted"
    )
    said = [
        "The nurse was very kind but the waiting time was far too long and nobody told us what would happen to 12."
    ] * PACE
    begun = time.process_time()
    classify(said, models={"en": model})
    print(
        f"calibrated, {len(said[0])} characters: {PACE / (time.process_time() - begun):,.0f} a second, 5,000 wanted"
    )


def main() -> None:
    if "speed" not in sys.argv:
        quality()
    speed()


if __name__ == "__main__":
    main()
