"""Units compared fairly, in words: who is flagged after how many comparisons, and what their order is worth."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.flags import Flags
from analysis.statistics.funnel import Funnel
from analysis.statistics.unit_reliability import UnitReliability
from analysis.statistics.units_compared import Rank
from analysis.types import Group, Moved, Reason
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import figure, in_unit, number

MOST_NAMED = 6
ROUGH = 10  # units below which the variety between them is hardly known


def varied(funnel: Funnel) -> bool:
    """Whether the units differ by more than chance alone explains."""
    return (funnel.phi_applied or 1.0) > 1


def flags_title(flags: Flags, funnel: Funnel, locale: str) -> str:
    """How many of the compared units stand out."""
    if not flags.count:
        return phrase(locale, "fairly_title_varied" if varied(funnel) else "fairly_title_none")
    everybody = counted(locale, "fairly_units", flags.comparisons)
    if flags.count == 1:
        return phrase(locale, "fairly_title_one", all=everybody)
    return phrase(locale, "fairly_title_some", units=f"{flags.count:,}", all=everybody)


def flag_sentences(
    flags: Flags, labels: Sequence[str], funnel: Funnel, locale: str, *, estimates: bool = True
) -> list[str]:
    """The flagged units after allowing for the comparisons, and whether units vary beyond chance.

    `estimates`: whether the best estimates follow, to which few units are sent.
    """
    comparisons = counted(locale, "fairly_comparisons", flags.comparisons)
    sides = [(side, label) for side, label in zip(flags.sides, labels, strict=True) if side]
    variety = [phrase(locale, "fairly_varied" if varied(funnel) else "fairly_alike")]
    if varied(funnel) and flags.comparisons < ROUGH:
        variety.append(phrase(locale, "fairly_varied_few" if estimates else "fairly_varied_roughly"))
    if not sides:
        return [phrase(locale, "fairly_none_flagged", comparisons=comparisons), *variety]
    named = [
        phrase(locale, "fairly_below" if side < 0 else "fairly_above", label=label)
        for side, label in sides[:MOST_NAMED]
    ]
    if len(sides) > MOST_NAMED:
        named.append(phrase(locale, "fairly_others", n=f"{len(sides) - MOST_NAMED:,}"))
    told = phrase(
        locale,
        "fairly_flagged",
        flags=counted(locale, "fairly_flags", flags.count),
        comparisons=comparisons,
        names=(", " if locale == "en" else "、").join(named),
    )
    return [told, phrase(locale, "fairly_flag_why"), *variety]


def marked_sentence(one: Group, side: int, locale: str) -> str:
    """The unit that a reader looks for: its figure, and whether it stands out."""
    where = {-1: "below", 0: "inside", 1: "above"}[side]
    told = {"label": one.label, "figure": figure(one.estimate, locale), "n": f"{one.estimate.n:,}"}
    return phrase(locale, f"fairly_marked_{where}", **told)


def missing_sentence(reason: Reason | None, locale: str) -> str:
    """Why nothing can be compared, and what to do."""
    if reason is Reason.ONE_GROUP:
        return phrase(locale, "fairly_one")
    return phrase(locale, "fairly_no_spread" if reason is Reason.NO_SPREAD else "fairly_nobody")


def order_sentences(found: UnitReliability, locale: str) -> list[str]:
    """What the order of the units is worth, and how many answers would make it worth something."""
    if found.reliability is None:
        return []
    given = number(int(found.reliability * 100) / 100, 2)  # .699 must not read as enough
    if found.may_rank:
        return [phrase(locale, "fairly_order", reliability=given)]
    told = [phrase(locale, "fairly_no_order", reliability=given)]
    if found.n_for_target is not None:
        told.append(phrase(locale, "fairly_needed", n=f"{found.n_for_target:,}"))
    return told


def places_text(rank: Rank | None, locale: str) -> str:
    """The places that a unit may truly have; empty where none are given."""
    if rank is None:
        return ""
    key = "fairly_place" if rank.low == rank.high else "fairly_places"
    return phrase(locale, key, low=f"{rank.low:,}", high=f"{rank.high:,}")


def shrunken_sentence(rows: Sequence[Moved], locale: str) -> str:
    """Why figures are moved, and which one most."""
    row = max(rows, key=_change)
    return phrase(locale, "fairly_shrunken", **_move(row))


def mix_sentences(rows: Sequence[Moved], strata: str, least: int, locale: str) -> list[str]:
    """What the same mix changes most; `strata` names by what people were told apart."""
    row = max(rows, key=_change)
    joined = phrase(locale, "fairly_mix_merged", least=least)
    moved = _move(row)
    if moved["raw"] == moved["value"]:
        change = in_unit(_change(row), row.group.estimate.unit)
        return [phrase(locale, "fairly_mix_same", strata=strata, change=change), joined]
    return [phrase(locale, "fairly_mix", strata=strata, **moved), joined]


def _change(row: Moved) -> float:
    return abs((row.group.estimate.value or 0.0) - row.raw)


def _move(row: Moved) -> dict[str, str]:
    unit = row.group.estimate.unit
    values = {"raw": in_unit(row.raw, unit), "value": in_unit(row.group.estimate.value or 0.0, unit)}
    return {"label": row.group.label, **values}
