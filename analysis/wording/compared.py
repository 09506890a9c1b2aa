"""Two sides, or several groups, compared: what may be said, and what stands beside it."""

from __future__ import annotations

from analysis.statistics.choose import Kind, Method, Tested
from analysis.statistics.compared import Compared
from analysis.statistics.compared_groups import MOST_PAIRED, GroupsCompared
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.mix import Shift
from analysis.types import Comparison, Group, Reason, Verdict
from analysis.wording.changes import difference_sentence, parts_of, points
from analysis.wording.estimates import reason_text
from analysis.wording.groups import place
from analysis.wording.languages import phrase
from analysis.wording.numbers import number

_EFFECTS = {
    Method.CHI_SQUARE: "Cohen's h",
    Method.FISHER: "Cohen's h",
    Method.WELCH: "Hedges' g",
    Method.MONTE_CARLO: "Cramér's V",
    Method.KRUSKAL_WALLIS: "ε²",
}


def comparison_title(comparison: Comparison, first: str, second: str, locale: str) -> str:
    """The finding in a few words."""
    return phrase(locale, f"compared_title_{comparison.verdict}", first=first, second=second)


def sides_sentence(first: Group, second: Group, locale: str) -> str:
    """Both figures, each with its interval and n."""
    return phrase(locale, "compared_sides", first=place(first, locale), second=place(second, locale))


def plain_difference(comparison: Comparison, first: str, second: str, locale: str) -> str:
    """The difference without a verdict, where an average before and after must not be judged."""
    change = parts_of(comparison, locale).get("change", "")
    return phrase(locale, "compared_plain", first=first, second=second, change=change)


def detectable_sentence(compared: Compared, locale: str) -> str:
    """Beside "cannot tell": the smallest difference that these numbers could have shown; else nothing."""
    comparison = compared.comparison
    if comparison.verdict is not Verdict.CANNOT_TELL or comparison.low is None:
        return ""
    if not compared.detectable:
        return phrase(locale, "compared_detectable_none")
    return phrase(locale, "compared_detectable", amount=points(compared.detectable, comparison.unit, locale))


def order_sentence(compared: Compared, locale: str) -> str:
    """Whether ranks beside the means say the same; nothing where they were not compared."""
    if compared.ranks is None or compared.ranks.p is None or compared.comparison.low is None:
        return ""
    apart = compared.ranks.p < 1 - CONFIDENCE
    same = apart == (compared.comparison.verdict is Verdict.LIKELY_REAL)
    return phrase(locale, "compared_order_same" if same else "compared_order_other")


def independent_sentence(locale: str) -> str:
    """That both sides are taken as different people."""
    return phrase(locale, "compared_independent")


def change_date_sentence(locale: str) -> str:
    """Why two periods that follow each other are not tested."""
    return phrase(locale, "compared_change_date")


def mix_sentence(shift: Shift, what: str, label: str, sides: tuple[str, str], locale: str) -> str:
    """Whether the same kinds of people answered, by the kind that differs most from the second side to the first."""
    values = {"label": label, "first": sides[0], "second": sides[1]}
    shares = {
        name: f"{number(100 * share, 0)}%" for name, share in (("one", shift.after), ("other", shift.before))
    }
    key = "compared_mix_differs" if shift.important else "compared_mix_alike"
    return phrase(locale, key, what=what, **values, **shares)


def mix_unknown_sentence(what: str, locale: str, *, alone: bool) -> str:
    """That all are of one kind, or that too few answered to tell."""
    return phrase(locale, "compared_mix_alone" if alone else "compared_mix_hidden", what=what)


def at_one_mix_sentence(comparison: Comparison, what: str, first: str, second: str, locale: str) -> str:
    """The difference after adjusting the mix."""
    told = difference_sentence(comparison, first, second, locale)
    return phrase(locale, "compared_at_one_mix", what=what, sentence=told)


def groups_sentences(found: GroupsCompared, locale: str) -> list[str]:
    """Whether any group differs, and how many pairs do after Holm's correction; of an order, whether it goes one way."""
    tested = found.tested
    if tested is None or tested.p is None:
        return [reason_text(found.reason or Reason.NO_SPREAD, locale)]
    real = tested.p < 1 - CONFIDENCE
    if tested.choice.test is Method.COCHRAN_ARMITAGE:
        way = ("rises" if (tested.statistic or 0) > 0 else "falls") if real else "cannot"
        return [phrase(locale, f"compared_order_{way}", n=found.groups)]
    told = [phrase(locale, "compared_groups_real" if real else "compared_groups_cannot", n=found.groups)]
    if found.groups > MOST_PAIRED:
        return [*told, phrase(locale, "compared_many", most=MOST_PAIRED)]
    apart = sum(pair.comparison.verdict is Verdict.LIKELY_REAL for pair in found.pairs)
    pairs = f"{len(found.pairs):,}"
    if not apart:
        return [*told, phrase(locale, "compared_pairs_none", pairs=pairs)]
    return [
        *told,
        phrase(locale, "compared_pairs_one" if apart == 1 else "compared_pairs", pairs=pairs, n=apart),
    ]


def effect_name(tested: Tested, kind: Kind, groups: int = 2) -> str:
    """What the size of the effect is called, the same in all languages; nothing where there is none."""
    if tested.effect is None:
        return ""
    several = groups > 2 and kind is Kind.SHARES
    return "Cramér's V" if several else _EFFECTS.get(tested.choice.test, "")
