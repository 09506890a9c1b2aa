"""What is written about each branch of the world: a report, and a reply to what people said."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from survey.extensions import db
from survey.models import Stage, User
from survey.replies.service import Words, write
from survey.reports.service import Wanted, ask

DAY = date(2026, 3, 3)


def add(world: Any) -> None:
    """By somebody who sees everything, about one unit of each branch."""
    maker = db.session.scalars(select(User).where(User.name == "Person of everything")).one()
    for whose, branch in (("own", world.own), ("foreign", world.foreign)):
        wanted = Wanted(world.questionnaire, branch.ward, (DAY.replace(day=1), DAY.replace(day=31)), "en")
        report = ask(wanted, maker, world.settings)
        report.stage, report.pdf = Stage.DONE, b"%PDF-1.4"
        world.values[whose]["report"] = report.id
        words = Words({"en": f"{whose} wish"}, {"en": f"{whose} deed"}, None, DAY)
        world.values[whose]["reply"] = write(branch.ward, words, None, 10, DAY).id
