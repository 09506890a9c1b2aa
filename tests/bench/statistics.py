"""How long the costly statistics take, from sums and counts as a page has them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from analysis.statistics.control_charts import share_charts
from analysis.statistics.drivers import DRAWS, MOST, key_drivers
from analysis.statistics.flags import corrected_flags
from analysis.statistics.funnel import funnel
from analysis.statistics.sums import Sums
from analysis.statistics.units_compared import unit_means

RUNS = 5


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed, its processor milliseconds (median) and how many it may take."""

    what: str
    milliseconds: float
    wanted: str = ""


def measure(seed: int, size: int) -> Iterator[Task]:
    random = np.random.default_rng(seed)
    rows = np.round(3 + random.standard_normal((1000, 1)) + random.standard_normal((1000, MOST + 1)))
    sums = Sums.of(rows.tolist())
    yield _timed(f"drivers of {MOST} items from sums", size, lambda: key_drivers(sums), "< 100")
    drawn = f"the same with intervals from {DRAWS} draws"
    yield _timed(drawn, size, lambda: key_drivers(sums, draws=DRAWS), "< 1,000")
    for units in (40, 5000):
        yield from _units(units, size, random)
    weeks = random.binomial(200, 0.8, 78).tolist()
    yield _timed("control chart of 78 weeks", size, lambda: share_charts(weeks, [200] * 78))


def _units(units: int, size: int, random: np.random.Generator) -> Iterator[Task]:
    n = random.integers(10, 3000, units)
    x, whole = random.binomial(n, random.beta(40, 10, units)).tolist(), n.tolist()
    counts = random.multinomial(n, [0.05, 0.1, 0.2, 0.3, 0.35]).tolist()
    yield _timed(f"funnel and flags of {units:,} units", size, lambda: corrected_flags(funnel(x, whole)))
    means = f"shrunken means and ranks of {units:,} units"
    yield _timed(means, size, lambda: unit_means(counts, range(1, 6)))


def _timed(what: str, size: int, work: Callable[[], object], wanted: str = "") -> Task:
    spent = []
    for _ in range(RUNS * size):
        begin = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - begin))
    return Task(what, median(spent), wanted)
