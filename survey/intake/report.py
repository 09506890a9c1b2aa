"""What an import did: every row that was read is counted in exactly one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

REASONS = {
    "no_key": _l("the key is empty"),
    "more_cells": _l("it has more cells than the header"),
    "no_date": _l("the date is empty"),
    "bad_date": _l("the date fits none of the formats"),
    "future_date": _l("the date lies in the future"),
    "no_unit": _l("the unit is empty"),
    "unknown_unit": _l("the unit is not known"),
    "several_units": _l("several units have this name"),
    "no_service_type": _l("the service type is empty"),
    "unknown_service_type": _l("the service type is not known"),
    "several_service_types": _l("several service types have this name"),
    "bad_channel": _l("the channel is not known"),
    "bad_language": _l("the language is not known"),
    "bad_answer": _l("the question does not allow this answer"),
    "unknown_question": _l("the map does not name this question"),
    "rows_disagree": _l("the rows of this response contradict each other"),
    "companion": _l("another row of the same response was rejected"),
    "no_answers": _l("nothing was answered"),
}


class Rejection(NamedTuple):
    reason: str  # one of REASONS
    column: str = ""
    value: str = ""


@dataclass(slots=True)
class Report:
    read: int = 0  # rows below the header
    empty: int = 0  # rows without any text
    imported: int = 0  # responses
    already: int = 0  # responses that were there before
    merged: int = 0  # rows that joined another row's response
    rejected: Counter[str] = field(default_factory=Counter)  # rows by reason
    ambiguous: int = 0  # rows whose date fits several formats with different results
    not_asked: int = 0  # answers left out because the questionnaire does not ask them then
    units: list[str] = field(default_factory=list)  # created
    service_types: list[str] = field(default_factory=list)  # created
    rejections: dict[int, Rejection] = field(default_factory=dict)  # line -> why

    def reject(self, line: int, why: Rejection) -> None:
        self.rejected[why.reason] += 1
        self.rejections[line] = why

    @property
    def accounted(self) -> int:
        """Equals `read`: nothing is lost on the way."""
        return self.empty + self.imported + self.already + self.merged + self.rejected.total()

    def told(self) -> dict[str, int]:
        """For the audit trail."""
        return {"rows": self.read, "responses": self.imported, "already": self.already}

    def counts(self) -> dict[str, Any]:
        """What is stored and shown; the single rejections go to their own file."""
        return {
            "read": self.read,
            "imported": self.imported,
            "already": self.already,
            "merged": self.merged,
            "empty": self.empty,
            "rejected": dict(self.rejected.most_common()),
            "ambiguous": self.ambiguous,
            "not_asked": self.not_asked,
            "units": self.units,
            "service_types": self.service_types,
        }
