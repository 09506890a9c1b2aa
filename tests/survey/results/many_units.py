"""An organisation of very many units, with tallies written straight into the table."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from survey.extensions import db
from survey.models import Questionnaire, Unit
from survey.processing import tallies
from survey.processing.counting import RECEIVED, RESPONSES
from survey.processing.cuts import Place, cells
from tests import factories

MANY = 5000
DAY = date(2026, 1, 20)


def units(areas: int = 0) -> list[int]:
    """The ids of 5,000 wards just below the whole, or below so many areas."""
    top = factories.UnitFactory(code="top", kind="headquarters")
    above = [factories.UnitFactory(code=f"area-{n}", kind="branch", parent=top) for n in range(areas)]
    first = top.id + areas + 1
    rows = [_row(first + n, n, (above or [top])[n % max(1, areas)]) for n in range(MANY)]
    db.session.execute(Unit.__table__.insert(), rows)
    db.session.commit()
    return [row["id"] for row in rows]


def _row(id_: int, number: int, parent: Unit) -> dict[str, Any]:
    names = {"en": f"Ward {number}", "zh_Hans": f"第{number}科室"}
    where = {"parent_id": parent.id, "path": f"{parent.path}{id_}/", "position": 0}
    return {"id": id_, "code": f"w{number:04}", "names": names, "kind": "department", **where}


def answered(wards: list[int]) -> Questionnaire:
    """Thirty answers about each ward on one day, four in five of them good; about the last ward one in five."""
    questionnaire, service = factories.published(), factories.ServiceTypeFactory(code="service-0")
    series, found = questionnaire.versions[0].series, Counter[Any]()
    for ward in wards:
        place = Place(DAY, ward, service.id, "web", "en")
        good = 6 if ward == wards[-1] else 23 + ward % 3
        counted = {(RESPONSES, RECEIVED): 30, ("staff", "5"): good, ("staff", "2"): 30 - good}
        for (code, value), n in counted.items():
            for cell in cells(place, [(series[code], value)]):
                found[cell] += n
    tallies.add(found)
    db.session.commit()
    return questionnaire
