"""Whether printed figures can be, and what they give when they are compared anew, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.statistics.published_means import Answers, MeanCheck, PrintedMean
from analysis.statistics.published_p import ClaimedP, Recomputed, Usual
from analysis.statistics.published_shares import PrintedShare, ShareCheck
from analysis.types import Reason
from analysis.wording.changes import difference_sentence
from analysis.wording.estimates import reason_text
from analysis.wording.languages import phrase
from analysis.wording.numbers import number

_SMALLEST_P = 0.001
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence; `fine` says whether what is printed can be or holds (None: neither is said)."""

    fine: bool | None
    text: str


def p_text(p: float) -> str:
    """A P value with three decimals; below 0.001 only that, never 0."""
    return f"<{_SMALLEST_P}" if p < _SMALLEST_P else number(p, 3)


def share_finding(printed: PrintedShare, check: ShareCheck, locale: str) -> Finding:
    """Whether count, percentage and n can belong together."""
    x, n, percent = check.best or 0, f"{printed.n:,}", f"{printed.percent}%"
    if printed.percent is None:
        return Finding(
            None, phrase(locale, "published_counted", x=f"{x:,}", n=n, percent=_percent(x, printed.n, 1))
        )
    if printed.x is not None:
        right = _percent(x, printed.n, _places(printed.percent))
        key = "published_share_fits" if check.possible else "published_share_other"
        shown = percent if check.possible else right
        return Finding(check.possible, phrase(locale, key, x=f"{x:,}", n=n, percent=shown, printed=percent))
    if not check.possible:
        places = max(1, _places(printed.percent))
        near = [
            phrase(locale, "published_near", x=f"{one:,}", percent=_percent(one, printed.n, places))
            for one in check.nearest
        ]
        text = phrase(locale, "published_share_impossible", percent=percent, n=n, nearest=_both(near, locale))
        return Finding(False, text)
    key = "published_share_possible" if len(check.counts) == 1 else "published_share_several"
    ends = {"low": f"{check.counts[0]:,}", "high": f"{check.counts[-1]:,}"}
    return Finding(True, phrase(locale, key, x=f"{x:,}", n=n, percent=percent, **ends))


def mean_findings(printed: PrintedMean, answers: Answers, check: MeanCheck, locale: str) -> list[Finding]:
    """What the number of answers, and their range, say of mean and standard deviation."""
    values = {"mean": printed.mean, "sd": printed.sd or "", "n": f"{printed.n:,}"}
    if answers.lowest is not None and answers.highest is not None:
        values |= {"lowest": f"{answers.lowest:g}", "highest": f"{answers.highest:g}"}
    if check.inside is False:
        return [Finding(False, phrase(locale, "published_mean_outside", **values))]
    return [*_of_mean(values, check, locale), *_of_sd(values, answers, check, locale)]


def claim_findings(
    recomputed: Recomputed, against: str, claim: ClaimedP | None, locale: str, *, doubt: bool = False
) -> list[Finding]:
    """The claimed P against the test chosen by rule, and the difference with its interval.

    `doubt`: some of the figures cannot be; then a claim that holds is not called right.
    """
    told = _of_claim(recomputed, against, claim, locale)
    if doubt:
        told = [replace(one, fine=None if one.fine else one.fine) for one in told]
        told.append(Finding(None, phrase(locale, "published_claim_doubt")))
    return [
        *told,
        Finding(
            None,
            _begun(
                difference_sentence(
                    recomputed.comparison,
                    phrase(locale, "published_first"),
                    phrase(locale, "published_second"),
                    locale,
                )
            ),
        ),
    ]


def against(first: str, second: str, locale: str) -> str:
    """Two groups beside each other: 50/50 against 48/50."""
    return phrase(locale, "published_against", first=first, second=second)


def share_text(printed: PrintedShare) -> str:
    """A group as counts or as percentage: 48/50, 96% (n = 50)."""
    return f"{printed.x}/{printed.n}" if printed.x is not None else f"{printed.percent}% (n = {printed.n})"


def mean_text(printed: PrintedMean, locale: str) -> str:
    """A group as mean and standard deviation: 6.50±0.25 (n = 50)."""
    return phrase(locale, "published_mean", mean=printed.mean, sd=printed.sd or "", n=f"{printed.n:,}")


def usual_test(test: Usual, locale: str) -> str:
    """The name of a test that reports use."""
    return phrase(locale, f"published_test_{test}")


def _of_mean(values: dict[str, str], check: MeanCheck, locale: str) -> list[Finding]:
    if check.mean_ok is None:
        return []
    if check.any_mean:
        return [Finding(None, phrase(locale, "published_mean_any", **values))]
    if check.mean_ok:
        return [Finding(True, phrase(locale, "published_mean_possible", **values))]
    places = max(2, _places(values["mean"]))
    near = _both([number(one, places) for one in check.nearest], locale)
    return [Finding(False, phrase(locale, "published_mean_impossible", **values, nearest=near))]


def _of_sd(values: dict[str, str], answers: Answers, check: MeanCheck, locale: str) -> list[Finding]:
    if check.sd_ok is None:
        return []
    if check.sd_ok:
        return [Finding(True, phrase(locale, "published_sd_possible", **values))]
    places = max(2, _places(values["sd"]))
    too_large = check.largest is not None and float(values["sd"]) > check.largest
    more = {"bound": number(check.bound or 0.0, 2), "largest": number(check.largest or 0.0, places)}
    key = "published_sd_large" if too_large or not answers.observed else "published_sd_observed"
    found = [Finding(False, phrase(locale, key, **values, **more))]
    if check.if_error is not None:
        text = phrase(locale, "published_sd_error", **values, found=number(check.if_error, places))
        found.append(Finding(None, text))
    return found


def _of_claim(recomputed: Recomputed, of: str, claim: ClaimedP | None, locale: str) -> list[Finding]:
    tested, low, high = recomputed.tested, recomputed.p_low, recomputed.p_high
    if tested.p is None or low is None or high is None:
        reason = reason_text(tested.reason or Reason.NO_SPREAD, locale)
        return [Finding(None, phrase(locale, "published_claim_unknown", against=of, reason=reason))]
    values = {"against": of, "test": phrase(locale, f"method_{tested.choice.test}"), "p": p_text(tested.p)}
    keys = {None: "published_claim_none", True: "published_claim_right", False: "published_claim_wrong"}
    text = phrase(locale, keys[recomputed.holds], **values, claim=str(claim))
    found = [Finding(recomputed.holds, text)]
    if (p_text(low), p_text(high)) != (p_text(tested.p),) * 2:
        text = phrase(locale, "published_claim_rounded", low=p_text(low), high=p_text(high))
        found.append(Finding(None, text))
    if recomputed.fits:
        tests = _both([usual_test(one, locale) for one in recomputed.fits], locale)
        found.append(Finding(None, phrase(locale, "published_claim_fits", tests=tests)))
    return found


def _both(texts: Sequence[str], locale: str) -> str:
    return texts[0] if len(texts) == 1 else phrase(locale, "published_and", first=texts[0], second=texts[1])


def _places(printed: str) -> int:
    return len(printed.partition(".")[2])


def _percent(x: int, n: int, places: int) -> str:
    text = number(100 * x / n, places)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
