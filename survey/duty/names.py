"""What the codes of the roster are called on pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from survey.duty.plan import Hole
from survey.models import Hours, Limited, Severity, Tier

TIERS = {
    Tier.RECIPIENT: _l("Recipient"),
    Tier.DEPUTY: _l("Deputy"),
    Tier.HEAD: _l("Head"),
    Tier.OFFICE: _l("Duty office"),
    Tier.OFFICER: _l("Duty officer"),
    Tier.LAST: _l("Last resort"),
}
TIER_HINTS = {
    Tier.RECIPIENT: _l("receives new cases first"),
    Tier.DEPUTY: _l("is next when the recipient does not answer"),
    Tier.HEAD: _l("heads of unit need not be entered: their account is enough in working hours"),
    Tier.OFFICE: _l("on working days, for all units below that have none of their own"),
    Tier.OFFICER: _l("at night, at weekends and on holidays"),
}
HOLES = {
    Hole.NO_ROSTER: _l("nobody is entered"),
    Hole.UNCOVERED: _l("nobody is entered for this time"),
    Hole.LEFT: _l("whoever is entered has no account any more"),
    Hole.ABSENT: _l("whoever is entered is absent, and nobody stands in"),
}
HOURS = {
    Hours.WORKING: _l("Working hours"),
    Hours.OUTSIDE: _l("Outside working hours"),
    Hours.FIXED: _l("Fixed hours"),
}
SEVERITIES = {
    Severity.SERIOUS: _l("Serious"),
    Severity.ORDINARY: _l("Ordinary"),
    Severity.ATTENTION: _l("To be noted"),
}
LIMITS = {
    Limited.ACKNOWLEDGE: _l("Acknowledge"),
    Limited.CONTACT: _l("First contact with the customer"),
    Limited.RESOLVE: _l("Resolve"),
}
WEEKDAYS = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))
