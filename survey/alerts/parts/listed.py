"""Lists in conditions: of keywords, of topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from babel.lists import format_list
from pydantic import AfterValidator, Field

from analysis.alarms.keywords import LONGEST, keyword

MOST_WORDS = 200


def _usable(written: str) -> str:
    if not keyword(written):
        raise ValueError("a keyword that could match nothing or nearly everything")
    return written


Word = Annotated[str, Field(max_length=LONGEST), AfterValidator(_usable)]


def joined(what: Sequence[str], locale: str) -> str:
    """ "waiting, dignity or “refund”" """
    return str(format_list(list(what), style="or", locale=locale))
