"""`make bench-text`: how well and how fast comments are read. Reads ../shared/data; says what is absent."""

from __future__ import annotations

import csv
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.sentiment import Sentiment, classify, embedding
from analysis.sentiment.classifying import alone
from analysis.sentiment.evaluate import auc, macro_f1
from analysis.sentiment.score import NEUTRAL_BAND

DATA = Path(__file__).parents[3] / "shared" / "data"
FFT = DATA / "nhs_fft" / "neas_fft_2021_2022.csv"


class Set(NamedTuple):
    now: float  # best packaged tool on the same rows
    rules: float  # asked of the rules alone
    default: float  # asked of the default with the extra
    by_auc: bool = False


SETS = {
    "en_hospital_nhs": Set(0.49, 0.56, 0.60),
    "en_power_uk": Set(0.78, 0.80, 0.86),
    "en_bank_in": Set(0.80, 0.82, 0.88),
    "en_airline": Set(0.58, 0.62, 0.63),
    "zh_hant_hospital_tw": Set(0.56, 0.61, 0.62),
    "zh_bank": Set(0.48, 0.56, 0.56),
    "zh_hotel": Set(0.73, 0.82, 0.83),
    "zh_takeaway": Set(0.77, 0.80, 0.85),
    "zh_shopping": Set(0.84, 0.82, 0.86),
    "zh_hant_restaurant_hk": Set(0.89, 0.95, 0.96, by_auc=True),
}
ENGLISH = "The nurse was very kind but the waiting time was far too long and nobody told us what would happen to {n}."
UNSURE = "I was sent from the desk to the second floor and back again, then number {n} came with the papers of others"
CHINESE = "{n}号护士很耐心，就是等了太久"
Read = Callable[[Sequence[str]], Sequence[Sentiment]]


def _side(score: float, band: float) -> str:
    return "neu" if abs(score) <= band else "pos" if score > 0 else "neg"


def figures(gold: Sequence[str], found: Sequence[Sentiment]) -> tuple[float, float, float]:
    """Macro-F1 by the score (an abstention is a miss or, where readers say so, neutral), the same of two classes, AUC."""
    polar = [(label, one.score) for label, one in zip(gold, found, strict=True) if label != "neu"]
    classes = sorted(set(gold))
    band = NEUTRAL_BAND if "neu" in classes else 0.0
    return (
        macro_f1(gold, [_side(one.score, band) for one in found], classes),
        macro_f1([label for label, _ in polar], [_side(score, 0.0) for _, score in polar], ["neg", "pos"]),
        auc([s for label, s in polar if label == "pos"], [s for label, s in polar if label == "neg"]),
    )


def read_rows(name: str) -> tuple[list[str], list[str]]:
    with (DATA / "sentiment" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["text"] for row in rows], [row["label"] for row in rows]


def _cells(read: Read, texts: Sequence[str], gold: Sequence[str]) -> str:
    found = read(texts)
    undecided = sum(one.label == "undecided" for one in found) / len(found)
    f1, two, area = figures(gold, found)
    return f"{f1:.3f} / {two:.3f} / {area:.3f} | {undecided:.1%}"


def quality() -> None:
    head = "rules: F1 / two classes / AUC | undecided | asked | with the extra: F1 / two classes / AUC | undecided | asked"
    print(f"| set | n | now | {head} |\n|---|---|---|---|---|---|---|---|---|")
    for name, asked in SETS.items():
        if not (DATA / "sentiment" / f"{name}.csv").exists():
            print(f"skipped: {name} is not beside the repository")
            continue
        texts, gold = read_rows(name)
        extra = _cells(classify, texts, gold) if embedding.available() else "not installed | –"
        unit = " AUC" if asked.by_auc else ""
        print(
            f"| {name} | {len(texts)} | {asked.now}{unit} | {_cells(alone, texts, gold)} | {asked.rules}{unit} | {extra} | "
            f"{asked.default}{unit} |"
        )


PURPOSES = {"FFT Why?": "why", "How could we improve?": "improve"}
READERS = {"1": "pos", "2": "pos", "3": "neu", "4": "neg", "5": "neg"}


def purposes() -> None:
    if not FFT.exists():
        print("skipped: nhs_fft is not beside the repository")
        return
    with FFT.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["Comment sentiment"][:1] in READERS]
    print("\n| purpose | n | F1 without it | F1 with it |\n|---|---|---|---|")
    for purpose in ("improve", "why", "open"):
        mine = [row for row in rows if PURPOSES.get(row["FFT question"], "open") == purpose]
        texts, gold = (
            [row["FFT answer"] for row in mine],
            [READERS[row["Comment sentiment"][0]] for row in mine],
        )
        without, told = figures(gold, alone(texts)), figures(gold, alone(texts, None, [purpose] * len(texts)))
        print(f"| {purpose} | {len(texts)} | {without[0]:.3f} | {told[0]:.3f} |")


def _pace(read: Read, said: str, count: int) -> float:
    """Comments a second of processor time; the best of three, for others use this machine too."""
    texts = [said.format(n=number) for number in range(count)]
    took = []
    for _ in range(3):
        begun = time.process_time()
        read(texts)
        took.append(time.process_time() - begun)
    return count / min(took)


def speed() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("\n| speed on one core | reached | asked |\n|---|---|---|")
    print(f"| English, {len(ENGLISH)} characters, a second | {_pace(alone, ENGLISH, 4000):,.0f} | 8,000 |")
    print(f"| Chinese, {len(CHINESE)} characters, a second | {_pace(alone, CHINESE, 8000):,.0f} | 30,000 |")
    for named, said in (("English", ENGLISH), ("Chinese", CHINESE)):
        begun = time.process_time()
        alone([(said * 100_000)[:100_000]])
        print(f"| {named}, 100,000 characters, seconds | {time.process_time() - begun:.3f} | 0.3 |")
    if embedding.available():
        print(
            f"| with the extra, where it is asked, {len(UNSURE)} characters, a second | {_pace(classify, UNSURE, 300):,.0f} | 150 |"
        )
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\nmemory at most: {before // 1024} MB with the lists loaded, {after // 1024} MB at the end")


def main() -> None:
    if "speed" not in sys.argv:
        quality()
        purposes()
    speed()


if __name__ == "__main__":
    main()
