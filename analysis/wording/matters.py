"""What matters most, and where that is done worse."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.drivers import NOTHING, Drivers
from analysis.statistics.importance import ImportancePerformance, Quadrant
from analysis.statistics.loyalty_curve import Bend, Level, LoyaltyCurve
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from analysis.wording.told import Told, ends, quoted

Row = tuple[str, float, float, float]  # label, share and its ends, in percent

MUCH = ((0.1, "little"), (0.3, "part"), (0.6, "half"), (1.01, "most"))  # R² below which it is said so


def drivers_told(
    found: Drivers, labels: Sequence[str], outcome: str, locale: str, against: Sequence[str] = ()
) -> Told:
    """The drivers that lead, how much all explain, and those `against` the whole. Needs intervals."""
    shown = sorted(
        (
            (label, pct, low, high)
            for label, pct, low, high in zip(labels, found.pct, found.low, found.high, strict=True)
            if pct is not None and low is not None and high is not None
        ),
        key=lambda row: -row[1],
    )
    whole = quoted([outcome], locale)
    if not shown:
        return Told(phrase(locale, "matters_title_none"), (phrase(locale, "matters_r2_none", outcome=whole),))
    sentences = [*_top(shown, locale), explained(found.r2 or 0.0, whole, locale)]
    sentences += [phrase(locale, "matters_against", label=quoted([one], locale)) for one in against]
    return Told(_drivers_title(shown, locale), tuple(sentences))


def leading(rows: Sequence[Row]) -> list[str]:
    """The first, and those whose intervals reach its own."""
    return [label for label, _, _, high in rows if high >= rows[0][2]]


def explained(r2: float, outcome: str, locale: str) -> str:
    """R² in words."""
    if r2 <= NOTHING:
        return phrase(locale, "matters_r2_none", outcome=outcome)
    much = next(word for limit, word in MUCH if r2 < limit)
    return phrase(locale, f"matters_r2_{much}", r2=number(100 * r2, 0), outcome=outcome)


def _drivers_title(rows: Sequence[Row], locale: str) -> str:
    alike = leading(rows)
    if len(alike) == 1:
        return phrase(locale, "matters_title_one", label=quoted(alike, locale))
    return phrase(locale, "matters_title_several", n=len(alike))


def _top(rows: Sequence[Row], locale: str) -> list[str]:
    label, share, low, high = rows[0]
    told = [
        phrase(
            locale,
            "matters_top",
            label=quoted([label], locale),
            share=number(share, 0),
            **ends((low, high), 0),
        )
    ]
    alike = leading(rows)[1:]
    return [*told, phrase(locale, "matters_alike", labels=quoted(alike, locale))] if alike else told


def priorities_told(found: ImportancePerformance, labels: Sequence[str], locale: str) -> Told:
    """What to improve first, whether that is sure, what comes next and what is to be kept up."""
    placed = list(zip(labels, found.items, strict=True))
    urgent = sorted((one for one in placed if one[1].priority), key=lambda one: one[1].priority or 0)
    keep = [label for label, one in placed if one.quadrant is Quadrant.KEEP_UP and one.sure]
    sentences = []
    title = phrase(locale, "matters_title_no_priority")
    if urgent:
        (label, first), rest = urgent[0], [label for label, _ in urgent[1:]]
        name = quoted([label], locale)
        title = phrase(locale, "matters_title_priority" if first.sure else "matters_title_maybe", label=name)
        sure = "sure" if first.sure else "unsure"
        sentences.append(phrase(locale, f"matters_priority_{sure}", label=name))
        sentences += [phrase(locale, "matters_next", labels=quoted(rest, locale))] if rest else []
    if keep:
        sentences.append(phrase(locale, "matters_keep", labels=quoted(keep, locale)))
    return Told(title, tuple(sentences))


def curve_told(curve: LoyaltyCurve, first: tuple[str, Level], last: tuple[str, Level], locale: str) -> Told:
    """Loyalty at both ends of satisfaction (with their labels), and whether the line bends."""
    bend = {Bend.TOP: "top", Bend.BOTTOM: "bottom", None: "none"}[curve.bend]
    title = phrase(locale, f"matters_title_{'even' if bend == 'none' else bend}")
    told = phrase(
        locale,
        "matters_levels",
        first=first[0],
        last=last[0],
        low=number(first[1].mean or 0.0, 1),
        high=number(last[1].mean or 0.0, 1),
    )
    return Told(title, (told, phrase(locale, f"matters_bend_{bend}")))
