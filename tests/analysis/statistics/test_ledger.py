"""The response ledger adds up, and its rates say what they divide by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.ledger import RATES, Stages, eligible_share, ledger_rates, overlap
from analysis.types import Reason
from tests.analysis.statistics.finite import not_finite

REASONS = ("unit", "service_type", "future", "reference", "when", "language")


@st.composite
def stages(draw: st.DrawFn) -> Stages:
    sent = draw(st.integers(0, 5000))
    completed = draw(st.integers(0, sent))
    most = draw(st.integers(0, completed))
    return Stages(
        sent=sent,
        not_sent=draw(st.integers(0, 500)),
        completed=completed,
        excluded=draw(st.none() | st.dictionaries(st.sampled_from(REASONS), st.integers(0, 300))),
        delivery=draw(
            st.dictionaries(st.sampled_from(["delivered", "bounced", "refused"]), st.integers(0, sent))
        ),
        set_aside=draw(st.none() | st.just((draw(st.integers(0, most)), most))),
    )


@given(stages())
def test_every_stage_adds_up_to_the_one_before(found: Stages) -> None:
    assert found.sent == found.completed + found.not_completed
    assert found.invited == found.sent + found.not_sent
    if found.excluded is not None:
        assert found.eligible == sum(found.excluded.values()) + found.sent + found.not_sent
    if found.valid and found.set_aside:
        assert found.valid[0] + found.set_aside[1] == found.completed == found.valid[1] + found.set_aside[0]


@given(stages())
def test_every_rate_is_a_share_inside_its_interval_or_says_why_not(found: Stages) -> None:
    rates = ledger_rates(found)
    assert tuple(rates) == RATES
    for rate in rates.values():
        assert not list(not_finite(rate))
        assert (rate.value is None) == (rate.reason is not None)
        if rate.value is not None and rate.low is not None and rate.high is not None:
            assert 0 <= rate.low <= rate.value + 1e-9 and rate.value - 1e-9 <= rate.high <= 100
    if rates["rr3"].value is not None and rates["rr1"].value is not None:
        assert rates["rr3"].value >= rates["rr1"].value - 1e-9


def test_rates_by_hand() -> None:
    found = Stages(500, 20, 300, {"unit": 30, "reference": 10}, set_aside=(4, 4))
    rates = {name: rate.value for name, rate in ledger_rates(found).items()}
    assert eligible_share(found) == 520 / 550
    assert rates["rr1"] == pytest.approx(100 * 300 / 530)
    assert rates["rr3"] == pytest.approx(100 * 300 / (520 + 10 * 520 / 550))
    assert rates["recovery"] == pytest.approx(60)
    assert rates["valid_recovery_least"] == rates["valid_recovery_most"] == pytest.approx(59.2)


def test_without_kept_exclusions_the_rates_over_the_eligible_are_not_known() -> None:
    rates = ledger_rates(Stages(10, 0, 5, None))
    assert rates["rr1"].reason is rates["rr3"].reason is Reason.NO_BASELINE
    assert rates["recovery"].value == 50
    assert rates["valid_recovery_least"].reason is Reason.SUPPRESSED


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_the_ends_of_an_overlap_hold_the_truth(things: list[tuple[bool, bool]]) -> None:
    part = sum(inside for inside, _ in things)
    marked = sum(mark for _, mark in things)
    truth = sum(inside and mark for inside, mark in things)
    least, most = overlap(len(things), part, marked)
    assert least <= truth <= most
    if part == len(things):
        assert least == most == truth


@pytest.mark.parametrize("wrong", [{"sent": 1}, {"completed": -1}, {"set_aside": (3, 2)}])
def test_counts_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"sent": 5, "not_sent": 0, "completed": 2, "excluded": {}} | wrong
    with pytest.raises(ValueError):
        Stages(**given)  # type: ignore[arg-type]
