"""Rules that say what must not wait, the responses that match them, and the alerts they raise.

Of rules nothing is ever changed or deleted: each change is a further event that holds all terms anew, the last one
holds (insert_only.py). Matches and alerts go with the responses they speak of, see survey/processing/alert_traces.py;
they hold no word of what was written, and of an anonymous response no time but its day.
"""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, String, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id, Json, RandomId, Texts
from survey.models.insert_only import insert_only
from survey.models.organisation import Unit
from survey.models.questionnaire import Questionnaire


class RuleHappened(StrEnum):
    WRITTEN = "written"
    CHANGED = "changed"
    SWITCHED_ON = "switched_on"
    SWITCHED_OFF = "switched_off"


class Rule(BaseModel):
    __tablename__ = "alert_rule"

    id: Mapped[Id]
    written_at: Mapped[At]

    events: Mapped[list[RuleEvent]] = relationship(order_by="RuleEvent.number", back_populates="rule")

    @property
    def now(self) -> RuleEvent:
        """What holds."""
        return self.events[-1]


class RuleEvent(BaseModel):
    """What somebody wrote, changed or switched: who, when, and all of the rule as it was from then on."""

    __tablename__ = "alert_rule_event"

    rule_id: Mapped[int] = mapped_column(ForeignKey("alert_rule.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[At]
    by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))  # None: a command

    names: Mapped[Texts]
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id"))  # None: all
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # with all below it
    severity: Mapped[str] = mapped_column(String(12))
    terms: Mapped[Json]  # see survey/alerts/terms.py
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)  # None: until further notice
    most: Mapped[int | None]  # alerts a unit; further ones go to the digest. None: no limit
    most_days: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool]

    rule: Mapped[Rule] = relationship(back_populates="events")
    by: Mapped[User | None] = relationship()
    questionnaire: Mapped[Questionnaire | None] = relationship()
    unit: Mapped[Unit] = relationship()


class Alert(BaseModel):
    """A rule that fired: for one response, for a burst of several, or for a signal in the figures."""

    __tablename__ = "alert"
    __table_args__ = (
        ForeignKeyConstraint(["rule_id", "number"], ["alert_rule_event.rule_id", "alert_rule_event.number"]),
        Index("ix_alert_page", "raised_on", "id"),
        Index("ix_alert_unit", "unit_id", "raised_on", "id"),
        Index("ix_alert_rule", "rule_id", "unit_id", "raised_on"),
        Index("uq_alert_signal", "rule_id", "signal", unique=True),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[RandomId]
    rule_id: Mapped[int]
    number: Mapped[int]  # of the rule's event that held
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    severity: Mapped[str] = mapped_column(String(12))
    raised_on: Mapped[date] = mapped_column(Date)
    held: Mapped[bool] = mapped_column(default=False)  # over the limit: for the digest only
    signal: Mapped[str | None] = mapped_column(
        String(120)
    )  # of the figures: which one, so that it is told once
    reasons: Mapped[Json | None]  # of a signal

    event: Mapped[RuleEvent] = relationship()
    unit: Mapped[Unit] = relationship()
    matches: Mapped[list[AlertMatch]] = relationship(back_populates="alert")


class AlertMatch(BaseModel):
    """A response that fulfils a rule. Kept for ever once, however often the response is read."""

    __tablename__ = "alert_match"
    __table_args__ = (
        Index("ix_alert_match_burst", "rule_id", "unit_id", "happened_on"),
        Index("ix_alert_match_response", "response_id"),
        Index("ix_alert_match_alert", "alert_id"),
        {"sqlite_with_rowid": False},
    )

    rule_id: Mapped[int] = mapped_column(ForeignKey("alert_rule.id"), primary_key=True, autoincrement=False)
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"), primary_key=True)
    number: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    happened_on: Mapped[date] = mapped_column(Date)  # the day of the response
    reasons: Mapped[Json]
    alert_id: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, ForeignKey("alert.id")
    )  # None: too few for a burst

    alert: Mapped[Alert | None] = relationship(back_populates="matches")


for _model in (Rule, RuleEvent):
    event.listen(_model.__table__, "after_create", insert_only)
