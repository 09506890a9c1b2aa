"""All pages of duty; importing them hangs them on the blueprint."""

from survey.duty import calendar_routes, routes, turn_routes
from survey.duty.blueprint import blueprint

__all__ = ["blueprint", "calendar_routes", "routes", "turn_routes"]
