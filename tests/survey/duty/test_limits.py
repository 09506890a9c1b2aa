"""Until when what must have happened, by severity, in working time or by the clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from survey.duty import service
from survey.duty.limits import Limit
from survey.errors import Invalid
from survey.models import Limited
from tests import factories

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=ZONE)


def test_serious_matters_run_by_the_clock_and_others_in_working_time(app: Flask) -> None:
    unit = factories.UnitFactory()
    serious = service.deadlines("serious", unit, FRIDAY)
    assert serious.acknowledge == datetime(2026, 11, 20, 17, 30, tzinfo=ZONE)
    assert serious.resolve == datetime(2026, 11, 23, 17, 0, tzinfo=ZONE)
    ordinary = service.deadlines("ordinary", unit, FRIDAY)
    assert ordinary.acknowledge == datetime(2026, 11, 23, 11, 30, tzinfo=ZONE)
    assert ordinary.acknowledge < ordinary.contact < ordinary.resolve


def test_a_unit_inherits_limits_and_may_have_its_own(any_app: Flask) -> None:
    top = factories.UnitFactory()
    ward = factories.UnitFactory(parent=top)
    service.set_limits(top, {("serious", Limited.ACKNOWLEDGE): Limit(10, True)})
    assert service.deadlines("serious", ward, FRIDAY).acknowledge == datetime(
        2026, 11, 20, 17, 10, tzinfo=ZONE
    )
    service.set_limits(ward, {("serious", Limited.ACKNOWLEDGE): Limit(60, False)})
    assert service.deadlines("serious", ward, FRIDAY).acknowledge == datetime(
        2026, 11, 23, 8, 30, tzinfo=ZONE
    )
    service.set_limits(ward, {("serious", Limited.ACKNOWLEDGE): None})
    assert service.limits_of(ward)["serious", Limited.ACKNOWLEDGE] == Limit(10, True)


def test_a_warning_comes_when_a_quarter_is_left_and_not_at_night(app: Flask) -> None:
    unit = factories.UnitFactory()
    due = service.deadlines("ordinary", unit, FRIDAY).acknowledge
    assert service.warning("ordinary", unit, Limited.ACKNOWLEDGE, due) == datetime(
        2026, 11, 23, 10, 30, tzinfo=ZONE
    )


@pytest.mark.parametrize("limit", [Limit(0, True), Limit(366 * 1440, True)])
def test_limits_are_of_a_sensible_length(app: Flask, limit: Limit) -> None:
    with pytest.raises(Invalid):
        service.set_limits(factories.UnitFactory(), {("serious", Limited.RESOLVE): limit})


def test_what_comes_first_is_not_due_last(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        service.set_limits(factories.UnitFactory(), {("serious", Limited.CONTACT): Limit(20, True)})
    assert refused.value.field == "serious_contact"
