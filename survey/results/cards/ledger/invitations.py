"""What became of the listed services, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.charts import Stage, stage_bars
from analysis.statistics.ledger import Stages
from analysis.wording.languages import phrase
from analysis.wording.ledger import counted_range, ledger_sums, ledger_title
from survey.figures import InvitationLedger
from survey.models import Fate
from survey.results.cards.card import Card
from survey.results.labels import span_label
from survey.results.tables import Cell, Table, words
from survey.results.view import View

Row = tuple[str, tuple[int, int] | None, str]  # name of the stage, its ends, the words where there are none
LIMITS = ("sent", "delivered", "opened", "excluded", "unit")


def invited(view: View, found: InvitationLedger, stages: Stages) -> Card:
    locale = view.locale
    open_ = [phrase(locale, "ledger_still_open")] if found.still_open else []
    return Card(
        code="invitations",
        title=ledger_title(stages, locale),
        asked=_(
            "Invitations of %(days)s", days=span_label(found.filters.first_on, found.filters.last_on, locale)
        ),
        sentences=[*ledger_sums(stages, found.not_kept, locale), *open_],
        n=stages.invited,
        figure=stage_bars([_stage(row, locale) for row in _main(stages)], phrase(locale, "ledger_services")),
        table=_table(found, stages, locale),
        wide=True,
        note=phrase(locale, "ledger_open_links"),
        method=[
            *((_("Not counted as valid"), phrase(locale, "ledger_flags")),),
            *((_("What is not known"), phrase(locale, f"ledger_limits_{limit}")) for limit in LIMITS),
        ],
    )


def _main(stages: Stages) -> Iterator[Row]:
    """What is drawn: those who are left at each stage."""
    yield _row("eligible", stages.eligible)
    yield _row("sent", stages.sent)
    yield _row("delivered", _reported(stages, Fate.DELIVERED))
    yield "opened", None, "not_known"
    yield _row("completed", stages.completed)
    yield "valid", stages.valid, "hidden"


def _reported(stages: Stages, fate: Fate) -> int | None:
    """Nothing is known of any where nothing was reported."""
    return stages.delivery.get(fate, 0) if stages.reported else None


def _row(name: str, count: int | None) -> Row:
    return name, None if count is None else (count, count), "not_known"


def _stage(row: Row, locale: str) -> Stage:
    name, ends, _without = row
    least, most = ends or (None, None)
    return Stage(phrase(locale, f"ledger_{name}"), _told(row, locale), least, most)


def _told(row: Row, locale: str) -> str:
    _name, ends, without = row
    return phrase(locale, f"ledger_{without}") if ends is None else counted_range(ends, locale)


def _table(found: InvitationLedger, stages: Stages, locale: str) -> Table:
    """Every stage with its parts, which are set in under it; in the file both ends of each count."""
    rows = []
    for depth, row in _all(found, stages):
        name, ends, _without = row
        least, most = ends or (None, None)
        label = "\u2003" * depth + phrase(locale, f"ledger_{name}")
        rows.append([words(label), Cell(_told(row, locale), least), Cell(_share(stages, row), most)])
    return Table([_("Stage"), _("Number"), _("Percent of the sent; in the file: at most")], rows)


def _share(stages: Stages, row: Row) -> str:
    ends = row[1]
    if ends is None or not stages.sent or row[0] not in OF_SENT:
        return "–"
    shares = [f"{100 * end / stages.sent:.1f}%" for end in dict.fromkeys(ends)]
    return " – ".join(shares)


OF_SENT = frozenset(
    {"delivered", "bounced", "refused", "not_reported", "completed", "valid", "set_aside", "not_completed"}
)


def _all(found: InvitationLedger, stages: Stages) -> Iterator[tuple[int, Row]]:
    excluded = stages.excluded
    yield 0, _row("eligible", stages.eligible)
    yield 1, _row("excluded", None if excluded is None else sum(excluded.values()))
    for reason, count in sorted((excluded or {}).items()):
        yield 2, _row(f"left_out_{reason}", count)
    yield 1, _row("not_sent", stages.not_sent)
    yield 1, _row("sent", stages.sent)
    for fate in Fate:
        yield 2, _row(fate, _reported(stages, fate))
    yield 2, _row("not_reported", stages.not_reported)
    yield 2, ("opened", None, "not_known")
    yield 2, _row("completed", stages.completed)
    yield 3, ("valid", stages.valid, "hidden")
    yield 3, ("set_aside", stages.set_aside, "hidden")
    yield 2, _row("not_completed", stages.not_completed)
    yield 0, _row("repeats", found.repeats)
