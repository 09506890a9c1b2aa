"""Finding alarming words. A person reads what is found: so a word too many is better than one too few."""

from __future__ import annotations

import re
from importlib.resources import files

from .types import Alarm, Alarming

VERSION = 2  # of the patterns

# One for one, so that places stay.
_FOLD = {0xFF00 + i: 0x20 + i for i in range(1, 0x5F)} | str.maketrans({"’": "'", "‘": "'", "\u3000": " "})


_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")


def _patterns(script: re.Pattern[str], but: re.Pattern[str] | None = None) -> dict[Alarming, re.Pattern[str]]:
    """Of patterns.txt, those written in a script: a kind, a tab, a regular expression a line."""
    found: dict[Alarming, list[str]] = {}
    lines = files("analysis.alarms").joinpath("patterns.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        kind, _tab, pattern = line.partition("\t")
        if not line.startswith("#") and script.search(pattern) and not (but and but.search(pattern)):
            found.setdefault(Alarming(kind), []).append(f"(?:{pattern})")
    return {kind: re.compile("|".join(those), re.I) for kind, those in found.items()}


_CHINESE, _ENGLISH = _patterns(_HAN), _patterns(_LATIN, _HAN)


def alarms(text: str) -> tuple[Alarm, ...]:
    """Alarming stretches of a comment in English or Chinese (both scripts), in order, with their kind.

    Negation silences nothing: "nobody asked for a bribe" is found too. Any string is taken; empty where nothing is
    found. Never raises for a str. Places are characters (code points). Source: patterns of our own, see docs/masking.md.
    """
    folded = text.translate(_FOLD)
    found = [
        Alarm(match.start(), match.end(), kind, text[match.start() : match.end()])
        for script, patterns in ((_HAN, _CHINESE), (_LATIN, _ENGLISH))
        if script.search(folded)
        for kind, pattern in patterns.items()
        for match in pattern.finditer(folded)
        if match.end() > match.start()
    ]
    return tuple(sorted(found, key=lambda alarm: (alarm.start, alarm.end, alarm.kind)))
