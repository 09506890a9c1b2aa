"""Which units stand out for a topic."""

from __future__ import annotations

import numpy as np

from analysis.statistics.adjust import adjust
from analysis.statistics.shares_compared import shares_test
from analysis.statistics.topic_units import standing_out


def test_a_ward_where_many_complain_is_named_and_one_with_bad_luck_is_not() -> None:
    comments = {f"w{n}": 100 for n in range(10)} | {"small": 12}
    complaints = {(unit, "waiting"): 10 for unit in comments} | {
        ("w3", "waiting"): 35,
        ("small", "waiting"): 3,
    }
    found, compared = standing_out(complaints, comments)
    assert [(one.unit, one.above) for one in found] == [("w3", True)]
    assert compared == 11
    assert (found[0].share, round(found[0].others, 3)) == (0.35, round(93 / 912, 3))


def test_leaving_out_what_is_clearly_alike_changes_no_finding() -> None:
    rng = np.random.default_rng(3)
    comments = {f"w{n}": int(n_) for n, n_ in enumerate(rng.integers(15, 120, 20))}
    rates = rng.choice([0.03, 0.1, 0.3], (20, 6))
    complaints = {
        (unit, f"t{t}"): int(rng.binomial(comments[unit], rates[u, t]))
        for u, unit in enumerate(comments)
        for t in range(6)
    }
    n = sum(comments.values())
    sums = {
        t: sum(x for (_, topic), x in complaints.items() if topic == t) for t in {c[1] for c in complaints}
    }
    p = [
        shares_test(x, comments[unit], sums[topic] - x, n - comments[unit]).p
        for (unit, topic), x in complaints.items()
    ]
    expected = {
        cell for cell, adjusted in zip(complaints, adjust(p).bh, strict=True) if (adjusted or 0) < 0.05
    }
    found, _compared = standing_out(complaints, comments)
    assert {(one.unit, one.topic) for one in found} == expected
    assert expected


def test_one_unit_alone_is_compared_with_nobody() -> None:
    assert standing_out({("w", "waiting"): 5}, {"w": 20}) == ((), 0)
