"""Messages to the customers of cases."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel

_FRESH: dict[str, Any] = {"sqlite_where": text("noted = 0"), "postgresql_where": text("NOT noted")}


class CaseLetter(BaseModel):
    """A message to one customer, the event that it tells of, and whether the case knows what became of it.

    `mark` tells the customers of a case apart and says nothing of them (survey/processing/letter_traces.py).
    """

    __tablename__ = "case_letter"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "number"], ["case_event.case_id", "case_event.number"]),
        Index("ix_case_letter_event", "case_id", "number"),
        Index("ix_case_letter_mark", "mark"),
        Index("ix_case_letter_fresh", "case_id", **_FRESH),
    )

    message_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("message.id"), primary_key=True)
    case_id: Mapped[int]
    number: Mapped[int]
    mark: Mapped[str] = mapped_column(String(16))
    noted: Mapped[bool] = mapped_column(default=False)
