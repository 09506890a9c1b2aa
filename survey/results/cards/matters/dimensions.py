"""The dimensions of the questionnaire beside each other, each person's mean over its questions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import dots_with_whiskers
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.joint import Joint
from analysis.statistics.sums import Sums
from analysis.statistics.tails import student_quantile
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording import chart_text
from analysis.wording.dimensions import profile_told
from survey.figures import Subject
from survey.questions.definition import definition_of
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study, bounds, oriented
from survey.results.cards.matters.variables import blend
from survey.results.tables import groups_table


def dimensions(study: Study) -> Iterator[Card]:
    found, members = study.counted.joint, by_dimension(study)
    if found is None or len(members) < 2 or not found.n:
        return
    names = definition_of(study.view.version).dimensions
    locale = study.view.locale
    groups = [Group(code, names[code].say(locale), _score(found, own)) for code, own in members.items()]
    shown = [one for one in groups if one.estimate.low is not None]
    if len(shown) < 2:
        return
    finding = profile_told(shown, locale)
    yield Card(
        code="dimensions",
        title=finding.title,
        asked="",
        sentences=finding.sentences,
        n=found.n,
        figure=dots_with_whiskers(groups, overall=None, text=chart_text(locale)),
        table=groups_table(_("Dimension"), groups, locale),
        method=study.method(
            (_("Method"), _("mean of each person's answers to the questions of the dimension, 0–100; interval by Student's t")),
            (_("Persons"), _("%(n)s, complete in all scales of the questionnaire", n=f"{found.n:,}")),
        ),
    )  # fmt: skip


def by_dimension(study: Study) -> dict[str, list[Subject]]:
    """The items that everybody was asked, by dimension; without those that have none."""
    found: dict[str, list[Subject]] = {}
    for one in study.complete(study.items):
        if one.track.dimension:
            found.setdefault(one.track.dimension, []).append(one)
    return found


def _score(found: Joint, items: Sequence[Subject]) -> Estimate:
    """Over the complete persons."""
    sums = found.sums([oriented(found, one.track) for one in items])
    lowest = sum(100 * low / (high - low) for low, high in (bounds(one.track) for one in items)) / len(items)
    return _estimate(sums.blended([blend(items, range(len(items)), sums.k)]), lowest)


def _estimate(sums: Sums, lowest: float) -> Estimate:
    means, covariances = sums.means(), sums.covariances()
    if means is None or covariances is None:
        reason = Reason.TOO_FEW if sums.n else Reason.NO_ANSWERS
        return Estimate(None, None, None, sums.n, Unit.SCORE, "mean_100", reason, bounds=(0.0, 100.0))
    mean = float(means[0]) - lowest
    reach = student_quantile(CONFIDENCE, sums.n - 1) * math.sqrt(float(covariances[0, 0]) / sums.n)
    return Estimate(mean, mean - reach, mean + reach, sums.n, Unit.SCORE, "mean_100", bounds=(0.0, 100.0))
