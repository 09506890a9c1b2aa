"""The form of the time limits: an amount and a unit for each severity and step."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from survey.duty import names
from survey.duty.forms import LimitsForm, choices
from survey.duty.limits import CLOCK_DAY, HOUR, WORKING_DAY, Limit
from survey.models import Limited

KEYS = [(severity.value, limited.value) for severity in names.SEVERITIES for limited in names.LIMITS]
UNITS = {  # minutes of one, and whether it runs by the clock
    "clock_minutes": (1, True),
    "clock_hours": (HOUR, True),
    "clock_days": (CLOCK_DAY, True),
    "working_minutes": (1, False),
    "working_hours": (HOUR, False),
    "working_days": (WORKING_DAY, False),
}
UNIT_NAMES = {
    "": _l("as above"),
    "clock_minutes": _l("minutes"),
    "clock_hours": _l("hours"),
    "clock_days": _l("days"),
    "working_minutes": _l("working minutes"),
    "working_hours": _l("working hours"),
    "working_days": _l("working days"),
}
MOST = 525_600  # minutes


class _Form(LimitsForm):
    pass


for _severity, _limited in KEYS:
    _amount = IntegerField(
        names.LIMITS[Limited(_limited)],
        [Optional(), NumberRange(1, MOST, _l("Between one minute and 365 days."))],
        render_kw={"inputmode": "numeric", "min": "1"},
    )
    setattr(_Form, f"{_severity}_{_limited}", _amount)
    _unit = SelectField(_l("Runs in"), choices=choices(*UNIT_NAMES.items()), validate_choice=False)
    setattr(_Form, f"{_severity}_{_limited}_unit", _unit)


def limits_form(own: dict[tuple[str, str], Limit]) -> LimitsForm:
    shown: dict[str, Any] = {}
    for key, limit in own.items():
        amount, unit = split(limit)
        shown |= {"_".join(key): amount, "_".join(key) + "_unit": unit}
    return _Form(data=shown)


def wanted(form: LimitsForm) -> dict[tuple[str, str], Limit | None]:
    """None: as above. An amount without a unit, or the other way round, is told beside it."""
    found: dict[tuple[str, str], Limit | None] = {}
    for key in KEYS:
        amount, unit = form["_".join(key)], form["_".join(key) + "_unit"].data
        if (unit and unit not in UNITS) or bool(unit) != (amount.data is not None):
            amount.errors = [_l("Please give both, a number and what it runs in, or neither.")]
        elif unit:
            minutes, by_clock = UNITS[unit]
            found[key] = Limit(amount.data * minutes, by_clock)
        else:
            found[key] = None
    return found


def split(limit: Limit) -> tuple[int, str]:
    """In the largest unit in which it is whole."""
    fitting = [name for name, (minutes, clock) in UNITS.items()
               if clock == limit.by_clock and limit.minutes % minutes == 0]  # fmt: skip
    name = fitting[-1]
    return limit.minutes // UNITS[name][0], name


def say_limit(limit: Limit) -> str:
    n, unit = split(limit)
    said = {
        "clock_minutes": lambda: ngettext("%(num)s minute", "%(num)s minutes", n),
        "clock_hours": lambda: ngettext("%(num)s hour", "%(num)s hours", n),
        "clock_days": lambda: ngettext("%(num)s day", "%(num)s days", n),
        "working_minutes": lambda: ngettext("%(num)s working minute", "%(num)s working minutes", n),
        "working_hours": lambda: ngettext("%(num)s working hour", "%(num)s working hours", n),
        "working_days": lambda: ngettext("%(num)s working day", "%(num)s working days", n),
    }
    return said[unit]()
