"""The large installations of benchmarks hold what the application itself would hold."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey.extensions import db
from survey.figures import Filters, counts, known_days, responses_series
from survey.models import Comment, Invitation, Questionnaire, Response
from survey.processing import recount
from tests.bench import crowd


@pytest.mark.parametrize(("count", "times"), [(150, 1), (50, 3), (5, 30)])
def test_a_generated_installation_has_the_tallies_of_a_recount(
    any_app: Flask, count: int, times: int
) -> None:
    crowd.fill(count, seed=1, times=times)
    assert list(recount.verify()) == []
    stored = [db.session.scalar(select(func.count()).select_from(of)) for of in (Response, Invitation)]
    assert stored == [150, 30]
    assert 20 < (db.session.scalar(select(func.count()).select_from(Comment)) or 0) < 80
    questionnaire = db.session.scalars(select(Questionnaire)).one()
    known = known_days(questionnaire.id)
    assert known is not None
    series = responses_series(questionnaire.versions[-1])
    found = counts(None, Filters(questionnaire.id, *known), [series])[series]
    assert found == {(): Counter(received=150)}
