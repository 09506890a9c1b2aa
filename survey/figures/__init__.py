"""Figures out of the stored tallies: one reading for pages, exports, feedback and the command line.

    Filters        which responses: questionnaire, days, unit subtree, service types, channel, language
    Dimension      by what to split: unit, service_type, period, channel, locale
    by(...)        one question's distribution and estimates per group, suppressed: list[GroupFigures]
    counts(...)    merged counts per series and group, NOT suppressed: for what is assembled further
    places(person) the units and service types a person may see
    selection(...) whether anything may be shown of what was selected; ask this first
    in_classes(...)  counts of classes of values by many dimensions, NOT suppressed
    trend(...)     a question over time, in segments of one wording; suppressed
    group(...)     one metric of counts, with its change; suppressed
    joint(...)     pairs of answers as analysis.statistics.joint.Joint, of whole months; suppressed
    joint_by_unit(...)    the same for each of several units
    strata_by_unit(...)   a question by service type and another question, for the same mix; published units only
    waves(...)     periods before and after a day, of several units together; published ones only
    targets_of(...)  what was set for a unit or one above it
    editions(...)  the versions, each over whole months of its own
    invitation_rate(...)  how many personal invitations were answered
    invitation_ledger(...)  what became of the services listed in files: analysis.statistics.ledger.Stages
    weighting(...)  weights to known totals, and figures with them
    comments.page(...)    comments, newest first
    heard(...)     topics of comments by any dimensions, NOT suppressed; ratings_with(...) of those who mention each;
                   ask comments_told(...) first
    topic_trend(...)      complaints of a topic over time; suppressed
    examples(...), subtopics(...)  telling comments about a topic, and what of it they name
    what_is_said(...)     the three topics that matter most with telling comments, for digests; said_of(...) for pages
    subjects(version), current(questionnaire), earlier(questionnaire, code)
                   what can be shown of a questionnaire

Read from tallies only, limited by survey.access; nothing here knows of HTTP.
"""

from survey.figures import comments
from survey.figures.classes import in_classes
from survey.figures.cover import period_end
from survey.figures.editions import Edition, editions
from survey.figures.examples import examples, subtopics
from survey.figures.filters import Dimension, Filters
from survey.figures.groups import GroupFigures, by, merged, published_days
from survey.figures.joint import JointCounts, joint, joint_by_unit
from survey.figures.ledger import InvitationLedger, began, invitation_ledger
from survey.figures.measures import base, distribution, estimates, group, hidden, metrics_of, scale_of
from survey.figures.periods import part_of, trend
from survey.figures.places import Places, places, roll_up
from survey.figures.publication import Publication
from survey.figures.questionnaires import issued, most_answered
from survey.figures.rates import invitation_rate
from survey.figures.selection import Selection, State, selection
from survey.figures.strata import NOT_TOLD, Strata, strata_by_unit
from survey.figures.subjects import Subject, current, earlier, responses_series, subjects
from survey.figures.tallies import Counts, Key, counts, known_days
from survey.figures.targets import Targets, targets_of
from survey.figures.topic_trend import topic_trend
from survey.figures.topics import Heard, comments_told, heard, merged_heard, ratings_with
from survey.figures.waves import Wave, waves, whole_periods
from survey.figures.weighting import Weighting, known_totals, weighting
from survey.figures.what_is_said import TopicSaid, WhatIsSaid, said_of, what_is_said

__all__ = [
    "Counts",
    "Dimension",
    "Edition",
    "Filters",
    "GroupFigures",
    "Heard",
    "InvitationLedger",
    "JointCounts",
    "Key",
    "Places",
    "Publication",
    "NOT_TOLD",
    "Selection",
    "State",
    "Strata",
    "Subject",
    "TopicSaid",
    "WhatIsSaid",
    "Weighting",
    "Targets",
    "Wave",
    "base",
    "began",
    "by",
    "comments",
    "comments_told",
    "counts",
    "current",
    "distribution",
    "earlier",
    "editions",
    "estimates",
    "examples",
    "group",
    "heard",
    "hidden",
    "in_classes",
    "invitation_ledger",
    "invitation_rate",
    "issued",
    "joint",
    "joint_by_unit",
    "known_days",
    "known_totals",
    "merged",
    "merged_heard",
    "metrics_of",
    "most_answered",
    "period_end",
    "places",
    "published_days",
    "part_of",
    "ratings_with",
    "responses_series",
    "roll_up",
    "said_of",
    "scale_of",
    "selection",
    "strata_by_unit",
    "subjects",
    "subtopics",
    "targets_of",
    "topic_trend",
    "trend",
    "weighting",
    "waves",
    "what_is_said",
    "whole_periods",
]
