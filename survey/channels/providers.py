"""What every provider of text messages is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from survey.channels.base import Parcel, Setting


class Provider:
    name: str
    title: Any
    settings: tuple[Setting, ...] = ()

    def checked(self, config: Mapping[str, str]) -> None:
        """Raises Invalid for settings that cannot work."""

    def send(self, config: Mapping[str, str], number: str, parcel: Parcel) -> None:
        """As Channel.send."""
        raise NotImplementedError
