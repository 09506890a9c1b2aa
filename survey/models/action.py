"""Improvements, registered before their result is known, to be judged by what is answered after their start.

Nothing is ever changed or deleted: each change is a further event that holds all terms anew, the last one holds.
The database itself refuses anything else (insert_only.py).
"""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, String, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id
from survey.models.insert_only import insert_only
from survey.models.organisation import Unit
from survey.models.questionnaire import Questionnaire


class Happened(StrEnum):
    REGISTERED = "registered"
    AMENDED = "amended"
    STOPPED = "stopped"


class Direction(StrEnum):
    """Where the figure is expected to go."""

    UP = "up"
    DOWN = "down"


class Part(StrEnum):
    ACTS = "acts"
    COMPARES = "compares"  # does not take part: what would have happened anyway


class Action(BaseModel):
    __tablename__ = "action"

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))

    questionnaire: Mapped[Questionnaire] = relationship()
    events: Mapped[list[ActionEvent]] = relationship(order_by="ActionEvent.number")

    @property
    def registered(self) -> ActionEvent:
        return self.events[0]

    @property
    def now(self) -> ActionEvent:
        """The terms that hold."""
        return self.events[-1]

    @property
    def stopped(self) -> ActionEvent | None:
        return self.now if self.now.kind == Happened.STOPPED else None


class ActionEvent(BaseModel):
    """What somebody registered, changed or stopped: who, when, why, and all terms as they were from then on."""

    __tablename__ = "action_event"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1 is the registration
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[At]
    by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))  # None: a command
    why: Mapped[str] = mapped_column(String(500), default="")

    title: Mapped[str] = mapped_column(String(120))
    question_code: Mapped[str] = mapped_column(String(96))
    metric: Mapped[str] = mapped_column(String(24))
    starts_on: Mapped[date] = mapped_column(Date)
    responsible: Mapped[str] = mapped_column(String(120))
    direction: Mapped[str] = mapped_column(String(4))
    expected: Mapped[str] = mapped_column(String(500))

    by: Mapped[User | None] = relationship()
    places: Mapped[list[ActionUnit]] = relationship()

    def units(self, part: Part = Part.ACTS) -> list[Unit]:
        found = [place.unit for place in self.places if place.part == part]
        return sorted(found, key=lambda unit: (unit.position, unit.code))


class ActionUnit(BaseModel):
    __tablename__ = "action_unit"
    __table_args__ = (
        ForeignKeyConstraint(["action_id", "number"], ["action_event.action_id", "action_event.number"]),
    )

    action_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    part: Mapped[str] = mapped_column(String(8))

    unit: Mapped[Unit] = relationship()


for _model in (Action, ActionEvent, ActionUnit):
    event.listen(_model.__table__, "after_create", insert_only)
