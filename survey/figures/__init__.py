"""Figures out of the stored tallies: one reading for pages, exports, feedback and the command line.

    Filters        which responses: questionnaire, days, unit subtree, service types, channel, language
    Dimension      by what to split: unit, service_type, period, channel, locale
    by(...)        one question's distribution and estimates per group, suppressed: list[GroupFigures]
    counts(...)    merged counts per series and group, NOT suppressed: for what is assembled further
    places(person) the units and service types a person may see
    subjects(version), current(questionnaire), earlier(questionnaire, code)
                   what can be shown of a questionnaire

Read from tallies only, limited by survey.access; nothing here knows of HTTP.
"""

from survey.figures.filters import Dimension, Filters
from survey.figures.groups import GroupFigures, by, hidden_keys, merged
from survey.figures.measures import base, distribution, estimates, metrics_of, scale_of
from survey.figures.places import Places, places, roll_up
from survey.figures.subjects import Subject, current, earlier, responses_series, subjects
from survey.figures.tallies import Counts, Key, counts, known_days

__all__ = [
    "Counts",
    "Dimension",
    "Filters",
    "GroupFigures",
    "Key",
    "Places",
    "Subject",
    "base",
    "by",
    "counts",
    "current",
    "distribution",
    "earlier",
    "estimates",
    "hidden_keys",
    "known_days",
    "merged",
    "metrics_of",
    "places",
    "responses_series",
    "roll_up",
    "scale_of",
    "subjects",
]
