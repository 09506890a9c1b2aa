"""Must have, the more the better, delight: from what bad and very good ratings do to the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import penalty_bars
from analysis.statistics.drivers import MOST
from analysis.statistics.joint import Column, Joint
from analysis.statistics.penalty_reward import PenaltyReward, PenaltyRewards, penalty_reward
from analysis.statistics.sums import Sums
from analysis.wording import chart_text
from analysis.wording.kano import penalties_told
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from survey.figures import Subject
from survey.questions.base import Track
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study, oriented
from survey.results.cards.matters.variables import least
from survey.results.cards.tabled import measured
from survey.results.tables import Table, words

LEVELS = 3  # of a scale: bad, usual, very good

Row = tuple[str, PenaltyReward]


def penalties(study: Study) -> Iterator[Card]:
    """Not where pairs of questions ask after the classes directly."""
    found, outcome = study.counted.joint, study.outcome
    items = [one for one in study.complete(study.items) if len(one.track.labels) >= LEVELS][:MOST]
    directly = any(one.track.absence_of for one in study.view.subjects.values())
    if found is None or outcome is None or directly or not items or not study.complete([outcome]):
        return
    if found.n < least(2 * len(items)):
        return
    made = penalty_reward(_sums(found, items, outcome))
    if made.reason is None:
        yield _card(
            study,
            outcome,
            [(study.label(one), own) for one, own in zip(items, made.items, strict=True)],
            made,
        )


def _sums(found: Joint, items: Sequence[Subject], outcome: Subject) -> Sums:
    groups = [_ends(found, one.track) for one in items]
    highs = [
        Column(one.code, dict.fromkeys(high, 1.0)) for one, (high, _low) in zip(items, groups, strict=True)
    ]
    lows = [
        Column(one.code, dict.fromkeys(low, 1.0)) for one, (_high, low) in zip(items, groups, strict=True)
    ]
    return found.sums([*highs, *lows, oriented(found, outcome.track)])


def _ends(found: Joint, track: Track) -> tuple[list[str], list[str]]:
    """The best value, and those below the usual ones: satisfied though not the best, else the second best."""
    numbers = oriented(found, track).numbers
    best_first = sorted(numbers, key=lambda level: -numbers[level])
    satisfied = track.scale.satisfied if track.scale else frozenset()
    usual = [level for level in best_first[1:] if level in satisfied] or best_first[1:2]
    return best_first[:1], [level for level in best_first[1:] if level not in usual]


def _card(study: Study, outcome: Subject, rows: Sequence[Row], found: PenaltyRewards) -> Card:
    locale = study.view.locale
    finding = penalties_told(rows, locale)
    return Card(
        code="penalties",
        title=finding.title,
        asked=study.label(outcome),
        sentences=finding.sentences,
        n=found.n,
        figure=penalty_bars(rows, chart_text(locale)),
        table=_table(rows, locale),
        wide=True,
        method=study.method(
            (_("Method"), _("penalty–reward regression: each question's best answer and its bad ones against those between (Brandt 1987)")),
            ("R²", number(found.r2 or 0.0, 3)),
            (_("Class"), _("each side by the t test of its coefficient at 5%")),
        ),
    )  # fmt: skip


def _table(rows: Sequence[Row], locale: str) -> Table:
    heads = [
        _("Question"),
        _("Rated badly"),
        _("from"),
        _("to"),
        _("Rated very well"),
        _("from"),
        _("to"),
        _("Class"),
    ]
    made = [
        [
            words(label),
            *measured(one.penalty.value, one.penalty.interval, 2, signed=True),
            *measured(one.reward.value, one.reward.interval, 2, signed=True),
            words(phrase(locale, f"matters_{one.role}") if one.role else ""),
        ]
        for label, one in rows
    ]
    return Table(heads, made)
