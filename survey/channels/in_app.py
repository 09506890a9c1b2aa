"""Notices in the application: the row itself is what is read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from survey.channels.base import Channel, Parcel


class InApp(Channel):
    name = "in_app"
    title = _l("In Afterword")
    for_users = True

    def send(self, parcel: Parcel) -> None:
        """It has arrived when it is marked as sent."""
