"""Looks through results for numbers that are none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def not_finite(result: Any, path: str = "") -> Iterator[str]:
    """The places in a result (dataclass, mapping, sequence, array) where a number is NaN or infinite."""
    if is_dataclass(result):
        for field in fields(result):
            yield from not_finite(getattr(result, field.name), f"{path}.{field.name}")
    elif isinstance(result, Mapping):
        for key, value in result.items():
            yield from not_finite(value, f"{path}[{key}]")
    elif isinstance(result, list | tuple):
        for index, value in enumerate(result):
            yield from not_finite(value, f"{path}[{index}]")
    elif isinstance(result, np.ndarray):
        if not np.isfinite(result).all():
            yield path
    elif isinstance(result, float) and not math.isfinite(result):
        yield path
