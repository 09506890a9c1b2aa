"""A report as a document: cover, summary, sections, methods, definitions, all in its own language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import force_locale

from analysis.wording import metric_definition, metric_name
from survey.config import Settings
from survey.figures import metrics_of
from survey.locales import say
from survey.models import Report
from survey.questions.definition import definition_of
from survey.reports.numbers import read_of
from survey.reports.reading import Read
from survey.reports.sections import sections
from survey.reports.summary import summary
from survey.results.cards import Card
from survey.results.labels import span_label

AUTHORS = {
    "wilson": "Wilson",
    "wald": "Wald",
    "newcombe": "Newcombe",
    "welch": "Welch",
    "student": "Student t",
    "spiegelhalter": "Spiegelhalter",
    "holm": "Holm",
}
Lines = Sequence[tuple[str, str]]  # name and value


@dataclass(frozen=True, slots=True)
class Document:
    read: Read
    title: str
    organisation: str
    made_at: datetime
    cover: Lines
    notice: str  # that the days were widened, or why there are no figures
    summary: Sequence[str]
    sections: Sequence[Card]
    edition: str  # by which definitions
    methods: Sequence[str]
    definitions: Lines


def document(report: Report, settings: Settings) -> Document:
    read = read_of(report)
    with force_locale(report.locale):
        return Document(
            read=read,
            title=read.say("title"),
            organisation=settings.organisation,
            made_at=report.made_at,
            cover=_cover(report, read, settings),
            notice=_notice(read),
            summary=list(summary(read)) if read.open else [],
            sections=list(sections(read)),
            edition=read.say(
                "by_version", number=report.version.number, program=f"Afterword {report.snapshot['program']}"
            ),
            methods=_methods(read),
            definitions=list(_definitions(read)) if read.open else [],
        )


def _cover(report: Report, read: Read, settings: Settings) -> Lines:
    unit = say(report.unit.names, read.locale) if report.unit else read.say("whole")
    at = report.made_at.astimezone(ZoneInfo(settings.timezone))
    made = format_datetime(at, "medium", locale=read.locale)
    version = report.snapshot["version"]
    edition = read.say("version", number=version["number"], checksum=version["checksum"][:12])
    title = definition_of(report.version).title.say(read.locale)
    return [
        (read.say("unit"), unit),
        (read.say("questionnaire"), f"{title} · {edition}"),
        (read.say("period"), span_label(*read.days(), read.locale)),
        (read.say("compared"), span_label(*read.days("before_days"), read.locale)),
        (read.say("made"), read.say("made_by", at=made, name=report.maker.name or report.maker.email)),
        (read.say("identity"), f"{report.id} · {report.identity[:16]}"),
        (read.say("program"), f"Afterword {report.snapshot['program']}"),
    ]


def _notice(read: Read) -> str:
    if not read.open:
        return read.say(str(read.snapshot["state"]), n=read.min_n)
    if read.days() != read.days("asked"):
        return read.say("widened", asked=span_label(*read.days("asked"), read.locale))
    return ""


def _methods(read: Read) -> list[str]:
    added = ("funnel", "ledger", "weights") if read.form > 1 else ()
    names = ("base", "small", "interval", "change", "order", *added, "months", "comments", "snapshot")
    return [read.say(f"method_{name}", n=read.min_n, **AUTHORS) for name in names]


def _definitions(read: Read) -> Iterator[tuple[str, str]]:
    """What each measure is, and which answers count as satisfied by this version."""
    used = [metric for one in read.scored for metric in (one.metric, metrics_of(one)[0]) if metric]
    if read.said:
        used.append("sentiment_balance")
    for metric in dict.fromkeys([*used, "response_rate"]):
        yield metric_name(metric, read.locale), metric_definition(metric, read.locale)
    for track in read.scored:
        if "csat" in metrics_of(track) and track.scale:
            words = [
                label.say(read.locale) for key, label in track.labels.items() if key in track.scale.satisfied
            ]
            told = read.say("joiner").join(words)
            yield read.wording(track), read.say("satisfied_are", answers=told)
