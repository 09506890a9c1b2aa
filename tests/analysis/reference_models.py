"""The methods of the reference file that are models, charts and comparisons of many units: names and unpacking only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

METHODS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
