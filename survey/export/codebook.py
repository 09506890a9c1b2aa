"""What the columns of an export mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import lazy_gettext as _l

from survey.export.sheet import FIRST, LAST, SCORE, SENTIMENT, Sheet
from survey.models import Version
from survey.questions.base import NA, Column, Question, Track
from survey.questions.definition import definition_of

HEADER = ("column", "meaning", "type", "values", "not_applicable", "satisfied", "metric", "versions")

MEANINGS = {
    "response": _l("Random number of the response"),
    "day": _l("Day of the response in the organisation's time zone"),
    "unit": _l("Code of the unit"),
    "unit_name": _l("Name of the unit"),
    "service_type": _l("Code of the service type"),
    "service_type_name": _l("Name of the service type"),
    "channel": _l("Channel"),
    "language": _l("Language of the page that was answered"),
    "version": _l("Version of the questionnaire"),
    "consented": _l("Whether the box of consent was ticked: 1; empty where there was none"),
    "consent": _l("Names the notice and the consent that were shown, in the language of the page"),
    "flags": _l("Signs that this may not be a person's considered answer"),
    SENTIMENT: _l("Sentiment of the comment: negative, neutral, positive, no_content, undecided"),
    SCORE: _l("Sentiment of the comment from −1 to 1"),
}


def codebook(sheet: Sheet, locale: str) -> Iterator[list[str]]:
    """A row a column; a further row where an older version asked differently."""
    for name in FIRST:
        yield _plain(name, name)
    described: dict[tuple[str, ...], list[str]] = {}
    for version in sheet.versions.values():
        for entry in _entries(version, locale):
            described.setdefault(tuple(entry), []).append(str(version.number))
    order = {name: i for i, name in enumerate(sheet.columns)}
    for row in sorted(described, key=lambda e: order[e[0]]):  # within a column the newest version first
        yield [*row, ", ".join(reversed(described[row]))]
    for name in LAST:
        yield [*_plain(name, name)[:3], _agreed(sheet) if name == "consent" else "", *_plain(name, name)[4:]]


def _agreed(sheet: Sheet) -> str:
    """What each value of the column stands for: the words of a version in a language."""
    words: dict[str, str] = {}
    for version in sheet.versions.values():
        definition = definition_of(version)
        for locale, named in definition.consent_hashes.items():
            privacy = definition.privacy
            parts = [privacy.notice, privacy.consent] if privacy.consent else [privacy.notice]
            words[named] = " | ".join(part.say(locale) for part in parts)
    return _values(words)


def _plain(name: str, meaning: str) -> list[str]:
    return [name, str(MEANINGS[meaning]), *[""] * (len(HEADER) - 2)]


def _entries(version: Version, locale: str) -> Iterator[list[str]]:
    definition = definition_of(version)
    for question in definition.questions:
        tracks = {track.code: track for track in question.tracks(definition.languages[0])}
        for column in question.columns():
            yield _entry(question, column, tracks.get(column.name), locale)
        if question.kind == "said":
            for end in (SENTIMENT, SCORE):
                yield _plain(question.code + end, end)[:-1]


def _entry(question: Question, column: Column, track: Track | None, locale: str) -> list[str]:
    """A column without a track of its own is one option of several: 1 where it was chosen."""
    wording = column.wording.say(locale)
    values = track.labels if track else {}
    said = _values({value: text.say(locale) for value, text in values.items()})
    if track is None:
        wording, said = f"{question.wording.say(locale)} – {wording}", "1; 0"
    satisfied = track.scale.satisfied if track and track.scale else ()
    return [
        column.name,
        wording,
        question.type,
        said,
        NA if question.not_applicable else "",
        ", ".join(value for value in values if value in satisfied),
        (track.metric or "") if track else "",
    ]


def _values(labels: Mapping[str, str]) -> str:
    """`1 = poor; 2 = good`; of a scale whose points have no words its ends."""
    if labels and all(value == words for value, words in labels.items()):
        return f"{next(iter(labels))}…{next(reversed(list(labels)))}"
    return "; ".join(f"{value} = {words}" for value, words in labels.items())
