"""The key drivers: each question's part in what the answers explain of the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flask_babel import gettext as _

from analysis.charts import driver_bars
from analysis.statistics.correlation import correlation_interval
from analysis.statistics.drivers import DRAWS, Drivers, key_drivers
from analysis.statistics.sums import Sums
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording import chart_text
from analysis.wording.languages import phrase
from analysis.wording.matters import drivers_told
from analysis.wording.numbers import number
from survey.questions.whole import about_the_whole
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study
from survey.results.cards.matters.variables import Variables, least, variables
from survey.results.cards.tabled import told
from survey.results.tables import Table, figure_headers, figures, words
from survey.results.view import View

MANY, FEWER_DRAWS = 9, 120  # above so many drivers each draw costs milliseconds


def drivers(study: Study) -> Iterator[Card]:
    found, outcome = study.counted.joint, study.outcome
    items = study.complete(study.items)
    if found is None or outcome is None or not study.complete([outcome]) or not items:
        yield _missing(study, _without(study))
        return
    given = variables(study, found, items, outcome)
    if given.sums.n < least(len(given.codes)):
        yield _missing(study, _few(given.sums.n, len(given.codes), study.view.min_n))
        return
    shares = _shares(given.sums)
    if shares.reason is not None:
        yield _missing(study, _("Everybody gave the same answer to “%(q)s”.", q=study.label(outcome)))
        return
    yield _card(study, given, shares)


@lru_cache(maxsize=256)
def _shares(sums: Sums) -> Drivers:
    """The draws are made once for the same answers: the page is opened again and again."""
    return key_drivers(sums, draws=FEWER_DRAWS if sums.k - 1 > MANY else DRAWS)


def _card(study: Study, given: Variables, found: Drivers) -> Card:
    view, outcome = study.view, study.outcome
    asked = study.label(outcome) if outcome else ""
    finding = drivers_told(found, given.labels, asked, view.locale, _against(given, found))
    groups = _groups(given, found)
    notes = [study.note(), given.note, _left_out(study), _stands_in(study)]
    return Card(
        code="drivers",
        title=finding.title,
        asked=asked,
        sentences=[*finding.sentences, phrase(view.locale, "matters_cause")],
        n=found.n,
        figure=driver_bars(groups, chart_text(view.locale)),
        table=_table(groups, dict(zip(given.codes, found.r, strict=True)), view),
        wide=True,
        note=" ".join(note for note in notes if note),
        method=study.method(*_method(given, found)),
    )


def _groups(given: Variables, found: Drivers) -> list[Group]:
    estimates = [
        Estimate(pct, low, high, found.n, Unit.PERCENT, "driver_share", _reason(pct), bounds=(0.0, 100.0))
        for pct, low, high in zip(found.pct, found.low, found.high, strict=True)
    ]
    groups = [
        Group(code, label, one) for code, label, one in zip(given.codes, given.labels, estimates, strict=True)
    ]
    return sorted(groups, key=lambda group: -(group.estimate.value or 0.0))


def _reason(share: float | None) -> Reason | None:
    return Reason.NO_SPREAD if share is None else None


def _against(given: Variables, found: Drivers) -> list[str]:
    """Whose correlation is below 0 beyond chance."""
    ends = [correlation_interval(r, found.n) for r in found.r]
    return [label for label, one in zip(given.labels, ends, strict=True) if one and one[1] < 0]


def _table(groups: list[Group], r: dict[str, float | None], view: View) -> Table:
    rows = [
        [words(group.label), *figures(group.estimate, view.locale), told(r[group.key], 2)] for group in groups
    ]
    return Table([_("Question"), *figure_headers(), _("Correlation")], rows)


def _method(given: Variables, found: Drivers) -> list[tuple[str, str]]:
    draws = FEWER_DRAWS if len(given.codes) > MANY else DRAWS
    return [
        (
            _("Method"),
            _("LMG (Shapley) shares of R² of a linear regression (Lindeman, Merenda and Gold 1980)"),
        ),
        ("R²", number(found.r2 or 0.0, 3)),
        (_("Persons"), _("%(n)s, complete in all scales of the questionnaire", n=f"{found.n:,}")),
        (_("Intervals"), _("95%%, from %(n)s simulated samples (parametric bootstrap)", n=draws)),
        (
            _("Why"),
            _("The shares add up to 100% and do not depend on an order, though the answers are related."),
        ),
    ]


def _left_out(study: Study) -> str:
    """Questions that are asked of some only cannot be in it."""
    left = [study.label(one) for one in study.items if one not in study.complete(study.items)]
    return _("Not asked of everybody, so left out: %(questions)s.", questions="; ".join(left)) if left else ""


def _stands_in(study: Study) -> str:
    if study.outcome is None or about_the_whole(study.outcome.track):
        return ""
    return _("No question about the whole was chosen; this one stands for it.")


def _missing(study: Study, why: str) -> Card:
    return Card("drivers", _("What matters most cannot be told yet"), "", [why], note=study.note())


def _few(n: int, drivers: int, min_n: int) -> str:
    told = (
        _("%(n)s persons answered every scale", n=f"{n:,}") if n >= min_n else _("Fewer answered every scale")
    )
    return _(
        "%(told)s; for %(k)s questions at least %(least)s are needed. Choose a longer period or a larger unit.",
        told=told,
        k=drivers,
        least=least(drivers),
    )


def _without(study: Study) -> str:
    if study.outcome is None or not study.items:
        return _("A question about the whole and at least one about a part are needed, both on a scale.")
    if study.counted.joint is not None and not study.counted.joint.always:
        return _(
            "Too few persons answered every scale of the questionnaire. Choose a longer period or a larger unit."
        )
    if study.outcome not in study.scales:
        return _(
            "“%(q)s” has too many values to be paired with others. Choose another outcome.",
            q=study.label(study.outcome),
        )
    return _(
        "“%(q)s” is not asked of everybody, so it cannot be explained. Choose another outcome.",
        q=study.label(study.outcome),
    )
