"""classify(): the one way from comments to their sentiments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import embedding
from .blend import with_embedding
from .calibrated import Calibrated, read_again
from .score import by_rules
from .types import Sentiment


def _each(given: Sequence[str | None] | None, count: int) -> Sequence[str | None]:
    if given is None:
        return [None] * count
    if len(given) != count:
        raise ValueError(f"{len(given)} for {count} texts")
    return given


def alone(
    texts: Sequence[str],
    languages: Sequence[str | None] | None = None,
    purposes: Sequence[str | None] | None = None,
) -> list[Sentiment]:
    """As `classify`, by the rules only."""
    hints, asked = _each(languages, len(texts)), _each(purposes, len(texts))
    return [
        by_rules(text, hint, purpose or "open")
        for text, hint, purpose in zip(texts, hints, asked, strict=True)
    ]


def classify(
    texts: Sequence[str],
    languages: Sequence[str | None] | None = None,
    purposes: Sequence[str | None] | None = None,
    models: Mapping[str, Calibrated] | None = None,
) -> list[Sentiment]:
    """The sentiment of each text, in order; an empty list for none.

    `languages` are hints ("en", "zh_Hans" …) that count only where no letter tells; `purposes` say what the question
    asked for: "good", "improve", "why" or "open" (so is anything else). Either may be None, or hold None for a text.

    Any string is read: blank or "nothing" is `no_content`; a language that is not read, or a long text without any
    known term, is `undecided`, with score 0: neither is ever neutral. With the extra
    `embed` what the rules are not sure of is blended with its embedding, and the method says so ("…+use"). `models` are calibrated ones by language ("en", "zh"): they judge what they can
    read instead, and the method is "calibrated". Raises ValueError where the lengths differ.
    """
    found, asked = alone(texts, languages, purposes), _each(purposes, len(texts))
    left = list(range(len(found)))
    if models:
        found, left = read_again(found, texts, asked, models)
    if embedding.available() and left:
        blended = with_embedding([found[p] for p in left], [texts[p] for p in left], [asked[p] for p in left])
        for place, one in zip(left, blended, strict=True):
            found[place] = one
    return found
