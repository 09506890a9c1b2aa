"""The result of a registered improvement as sentences: never more than the interval says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.statistics.action_effect import ActionEffect
from analysis.statistics.mix import Shift
from analysis.types import Comparison, Reason, Verdict
from analysis.wording.changes import is_even, parts_of
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import number


@dataclass(frozen=True, slots=True)
class EffectText:
    """The names of the lines in the chart."""

    observed: str
    comparator: str
    without: str
    fitted: str
    start: str


def effect_text(locale: str) -> EffectText:
    return EffectText(*(phrase(locale, f"effect_{name}") for name in EffectText.__slots__))


def effect_word(effect: ActionEffect, up: bool, locale: str) -> str:
    """The verdict for a list; `up` is the direction that was expected."""
    found = effect.comparison
    if found is None:
        return phrase(locale, f"effect_word_{effect.stage}")
    return phrase(locale, f"effect_word_{'against' if _against(found, up) else found.verdict}")


def effect_sentences(effect: ActionEffect, up: bool, period: str, compared: bool, locale: str) -> list[str]:
    """What was found, whether it was expected, and what it rests on; or why nothing can be said.

    `period` is "week" or "month", `compared` whether there are units to compare with.
    """
    found = effect.comparison
    if found is None:
        names = ("before", "after", "wanted")
        values = {name: counted(locale, f"effect_{period}", getattr(effect, name)) for name in names}
        return [phrase(locale, f"effect_{effect.stage}", **values)]
    sentences = [_found(found, locale)]
    if found.verdict is Verdict.LIKELY_REAL:
        sentences.append(phrase(locale, "effect_against" if _against(found, up) else "effect_as_expected"))
    return [*sentences, phrase(locale, "effect_beside" if compared else "effect_alone")]


def mix_sentence(
    shifts: Sequence[Shift] | None, names: dict[str, str], locale: str, partly: bool = False
) -> str:
    """The largest shift that matters; None where the parts may not be shown, `partly` where some may not."""
    if not shifts:
        return phrase(locale, "mix_unknown")
    largest = next((shift for shift in shifts if shift.important), None)
    if largest is None:
        return phrase(locale, "mix_same_partly" if partly else "mix_same")
    before, after = (f"{number(100 * share, 0)}%" for share in (largest.before, largest.after))
    return phrase(locale, "mix_shift", part=names[largest.key], before=before, after=after)


def is_against(effect: ActionEffect, up: bool) -> bool:
    """Whether it is likely real and the opposite of what was expected."""
    return effect.comparison is not None and _against(effect.comparison, up)


def _against(found: Comparison, up: bool) -> bool:
    return found.verdict is Verdict.LIKELY_REAL and ((found.difference or 0) > 0) is not up


def _found(found: Comparison, locale: str) -> str:
    if found.reason is Reason.NO_ANSWERS or found.difference is None:
        return phrase(locale, f"reason_{found.reason or Reason.TOO_FEW}")
    found = replace(found, metric="mean")  # higher and lower: what is better is not said here
    parts = parts_of(found, locale)
    if found.low is None or found.high is None:
        return phrase(locale, "effect_no_interval", **parts)
    even = found.verdict is Verdict.CANNOT_TELL and is_even(found)
    return phrase(locale, f"effect_{found.verdict}{'_even' if even else ''}", **parts)
