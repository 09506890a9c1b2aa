"""Classes of values by many dimensions at once say what the merged counts say."""

from __future__ import annotations

from flask import Flask

from survey.figures import Dimension, counts, in_classes, subjects
from tests import factories
from tests.survey.figures.organisation import organisation, scatter

BY = (Dimension.UNIT, Dimension.SERVICE_TYPE, Dimension.CHANNEL, Dimension.LOCALE)
CLASSES = (("1", "2", "3"), ("4", "5"), ())


def test_classes_are_the_sums_of_their_values(any_app: Flask) -> None:
    place = organisation()
    scatter(place, 300, 70)
    series = subjects(place.questionnaire.published)["staff"].series_id
    head = factories.UserFactory(role="head_of_unit", unit=place.branches[1])
    for person in (None, head):
        by_value = counts(person, place.filters(), [series], BY)[series]
        expected = {key: [sum(of[v] for v in one) for one in CLASSES] for key, of in by_value.items()}
        assert expected
        assert in_classes(person, place.filters(), series, BY, CLASSES) == expected


def test_without_responses_there_are_no_classes(app: Flask) -> None:
    assert in_classes(None, organisation().filters(), 1, BY, CLASSES) == {}
