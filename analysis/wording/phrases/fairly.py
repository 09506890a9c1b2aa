"""What is said of units compared fairly."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {"en": {}, "zh_Hans": {}, "zh_Hant": {}}
