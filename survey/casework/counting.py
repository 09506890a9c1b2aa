"""How many cases wait for the person who reads the page: in the bar on top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from flask_security import current_user

from survey import clock
from survey.cases import inbox


@dataclass(frozen=True, slots=True)
class Waiting:
    mine: int
    overdue: int

    @property
    def words(self) -> str:
        return f"{inbox.MOST - 1}+" if self.mine >= inbox.MOST else str(self.mine)


def waiting() -> Waiting:
    return Waiting(*inbox.counts(current_user, clock.now()))
