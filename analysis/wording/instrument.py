"""What is wrong with a questionnaire, where the interval says so too; else nothing."""

from __future__ import annotations

from analysis.statistics.correlation import correlation_interval
from analysis.statistics.internal_consistency import Alpha
from analysis.statistics.intervals import Interval, scaled
from analysis.statistics.item_quality import ItemQuality, Part
from analysis.types import Reason
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from analysis.wording.told import ends

ALPHA_LOW = 0.7  # Nunnally & Bernstein 1994
ALPHA_HIGH = 0.95  # Streiner 2003 (J. Pers. Assess. 80:99): above it questions repeat each other
ITEM_REST = 0.3  # Nunnally & Bernstein 1994
PILED_UP = 0.8  # ours: Terwee's 15 % is for sums of many items, not for one
UNFIT, LEFT_OUT = 0.2, 0.1  # ours


def alpha_told(name: str, found: Alpha, locale: str) -> str:
    """Where alpha is too low or too high beyond chance."""
    if found.alpha is None or found.low is None or found.high is None:
        return ""
    key = "low" if found.high < ALPHA_LOW else "high" if found.low > ALPHA_HIGH else ""
    if not key:
        return ""
    values = ends((found.low, found.high), 2)
    return phrase(locale, f"instrument_alpha_{key}", name=name, alpha=number(found.alpha, 2), **values)


def item_rest_told(label: str, r: float | None, n: int, locale: str) -> str:
    """Where a question hardly goes with the others."""
    interval = correlation_interval(r, n)
    if r is None or interval is None or interval[1] >= ITEM_REST:
        return ""
    name = phrase(locale, "instrument_list", label=label)
    return phrase(locale, "instrument_item", label=name, r=number(r, 2), **ends(interval, 2))


def quality_told(label: str, found: ItemQuality, locale: str) -> list[str]:
    """Where answers pile up at an end, and where many give none."""
    name = phrase(locale, "instrument_list", label=label)
    ends_of_scale = {"ceiling": (found.best, PILED_UP), "floor": (found.worst, PILED_UP)}
    limits = {"not_applicable": (found.not_applicable, UNFIT), "missing": (found.missing, LEFT_OUT)}
    same = found.reason is Reason.NO_SPREAD
    told = [phrase(locale, "instrument_no_spread", label=name)] if same else []
    wanted = limits if same else ends_of_scale | limits
    return told + [
        _share(key, name, part, locale) for key, (part, limit) in wanted.items() if _above(part, limit)
    ]


def _above(part: Part, limit: float) -> bool:
    return part.interval is not None and part.interval[0] > limit


def _share(key: str, name: str, part: Part, locale: str) -> str:
    reach: Interval = scaled(part.interval or (0.0, 0.0), 100)
    share = number(100 * (part.value or 0.0), 0)
    return phrase(locale, f"instrument_{key}", label=name, share=share, **ends(reach, 0))
