"""New themes: frequent phrases that no topic covers and that more comments hold than in the period before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.sentiment import Label, classify
from analysis.statistics.adjust import adjust
from analysis.statistics.shares_compared import shares_test

from .finding import prepared
from .lexicon import Lexicon, listed, own
from .phrases import Phrase, Run, frequent, phrases, runs
from .reading import known_places
from .types import OwnTerms

LEAST = 5  # comments of both periods together, below which a phrase is not looked at
ALPHA = 0.05  # of the false discovery rate
_MOST = 20  # candidates offered


@dataclass(frozen=True, slots=True)
class Theme:
    """A phrase on the rise. `phrase` can be handed back as a term of OwnTerms; `written` is how the first comment has it."""

    phrase: str
    written: str
    count: int  # comments of this period
    count_before: int
    share: float  # of this period's comments with content
    share_before: float
    p: float  # two-sided
    p_adjusted: float  # Benjamini & Hochberg, over all phrases tested
    places: tuple[int, ...]  # of the comments in this period's list


@dataclass(frozen=True, slots=True)
class NewThemes:
    """`tested` is 0, and nothing is offered, without comments with content in both periods."""

    themes: tuple[Theme, ...]
    n: int  # comments with content
    n_before: int
    tested: int  # phrases compared
    selected: int  # of these, the ones that differ at the adjusted P, fallen ones too: for intervals of what was selected


@dataclass(frozen=True, slots=True)
class _Comment:
    place: int  # in its list
    runs: list[Run]

    def phrases(self, wanted: set[Phrase]) -> set[Phrase]:
        lengths = {len(phrase) for phrase in wanted}
        found: set[Phrase] = set()
        for run in self.runs:
            words = tuple(token.text for token in run)
            found |= {words[i : i + size] for size in lengths for i in range(len(words) - size + 1)} & wanted
        return found

    def places(self, phrase: Phrase) -> tuple[int, int]:
        """Where a phrase of the comment stands in the normalised text."""
        size = len(phrase)
        for run in self.runs:
            for i in range(len(run) - size + 1):
                if tuple(token.text for token in run[i : i + size]) == phrase:
                    return run[i].start, run[i + size - 1].end
        raise ValueError("the phrase does not stand in this comment")


def _comments(texts: Sequence[str], lexicons: Sequence[Lexicon]) -> list[_Comment]:
    """The comments with content, each as what stands between the terms of topics and of opinions."""
    found: list[_Comment] = []
    for place, (text, opinion) in enumerate(zip(texts, classify(texts), strict=True)):
        if opinion.label is not Label.NO_CONTENT:
            clean, plain = prepared(text)
            found.append(_Comment(place, runs(plain, known_places(plain, clean, opinion, lexicons))))
    return found


def _places(comments: Sequence[_Comment], wanted: set[Phrase]) -> dict[Phrase, list[_Comment]]:
    found: dict[Phrase, list[_Comment]] = {phrase: [] for phrase in wanted}
    for comment in comments:
        for phrase in comment.phrases(wanted):
            found[phrase].append(comment)
    return found


def _spelled(phrase: Phrase) -> str:
    return ("" if ord(phrase[0][0]) > 0x2E80 else " ").join(phrase)  # Han characters stand without spaces


def _written(text: str, comment: _Comment, phrase: Phrase) -> str:
    start, end = prepared(text)[0].place(*comment.places(phrase))
    return text[start:end]


def _apart(themes: Iterable[Theme]) -> list[Theme]:
    """The surest of those that share words and comments: "coffee machine" once, not "machine broke down" beside it."""
    kept: list[Theme] = []
    for theme in themes:
        if not any(theme.phrase in other.phrase or other.phrase in theme.phrase for other in kept):
            kept.append(theme)
    return kept[:_MOST]


def new_themes(
    now: Sequence[str],
    before: Sequence[str],
    sector: str | None = None,
    extra: Iterable[OwnTerms] = (),
    least: int = LEAST,
    alpha: float = ALPHA,
) -> NewThemes:
    """Phrases in significantly more of the comments `now` than `before`, the surest first; at most 20.

    Each comment counts once however often it says a phrase. All phrases in at least `least` comments of both periods
    together are tested: that choice does not look at the difference. P by chi-square or Fisher's exact test, as expected
    counts allow, adjusted for all of them by Benjamini and Hochberg. Raises TopicError for a wrong sector or term,
    ValueError for `least` below 2. Names of persons should be masked before.
    """
    if least < 2:
        raise ValueError("a phrase of one comment is no theme")
    given = tuple(extra)
    lexicons = [listed(sector), own(given)] if given else [listed(sector)]
    new, old = _comments(now, lexicons), _comments(before, lexicons)
    n, m = len(new), len(old)
    if not (n and m):
        return NewThemes((), n, m, 0, 0)
    counts = frequent([comment.runs for comment in (*new, *old)], least)
    wanted = set(phrases(counts, n + m))
    themes, selected = _rising(now, _places(new, wanted), _places(old, wanted), (n, m), alpha)
    return NewThemes(tuple(_apart(themes)), n, m, len(wanted), selected)


def _rising(
    texts: Sequence[str],
    new: dict[Phrase, list[_Comment]],
    old: dict[Phrase, list[_Comment]],
    sizes: tuple[int, int],
    alpha: float,
) -> tuple[list[Theme], int]:
    """The surest first; and how many phrases differ at all."""
    n, m = sizes
    order = sorted(new)
    p = [shares_test(len(new[phrase]), n, len(old[phrase]), m).p for phrase in order]
    themes: list[Theme] = []
    selected = 0
    for phrase, raw, adjusted in zip(order, p, adjust(p).bh, strict=True):
        x, y = len(new[phrase]), len(old[phrase])
        if raw is None or adjusted is None or adjusted > alpha:
            continue
        selected += 1
        if x * m <= y * n:
            continue
        first = new[phrase][0]
        written = _written(texts[first.place], first, phrase)
        places = tuple(comment.place for comment in new[phrase])
        themes.append(Theme(_spelled(phrase), written, x, y, x / n, y / m, raw, adjusted, places))
    return sorted(themes, key=lambda theme: (theme.p, -len(theme.phrase), theme.phrase)), selected
