"""`flask results show`: the figures of the pages on the command line."""

from __future__ import annotations

import json
from datetime import date, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from survey.config import Settings
from survey.extensions import db
from survey.figures import Dimension, Filters, by, current, known_days, published_days, subjects
from survey.models import Questionnaire
from survey.results.printing import as_csv, as_table, groups_of

results_commands = AppGroup("results", help="Figures.")

_DAY = click.DateTime(["%Y-%m-%d"])
_SPLITS = [d.value for d in (Dimension.UNIT, Dimension.SERVICE_TYPE, Dimension.CHANNEL, Dimension.LOCALE)]


class Refusal(click.ClickException):
    """One line, and the exit code of wrong usage."""

    exit_code = 2


@results_commands.command("show")
@click.option("--questionnaire", "code", required=True, help="The questionnaire's code.")
@click.option("--question", required=True, help="A question's code; of a matrix question.row.")
@click.option("--by", "dimensions", multiple=True, type=click.Choice(_SPLITS), help="Split by; repeatable.")
@click.option("--from", "first", type=_DAY, help="First day; that of the first response when not given.")
@click.option("--to", "last", type=_DAY, help="Last day, included; that of the last response when not given.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option(
    "--min-n", type=click.IntRange(0), help="Hide groups with fewer valid answers; MIN_N by default."
)
def show(
    code: str,
    question: str,
    dimensions: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
    form: str,
    min_n: int | None,
) -> None:
    """Show one question's figures, percentages from 0 to 100, each with its 95 % interval."""
    settings: Settings = current_app.extensions["settings"]
    questionnaire = _questionnaire(code)
    _check_question(questionnaire, question)
    split = [Dimension(name) for name in dict.fromkeys(dimensions)]
    least = settings.min_n if min_n is None else min_n
    filters = _shown_days(_filters(questionnaire, first, last), question, least)
    groups = groups_of(
        by(None, filters, question, split, min_n=least, locale=settings.locale, allow_small=True)
    )
    if form == "json":
        shown = {"questionnaire": code, "question": question, "groups": groups}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        click.echo(as_csv(groups) if form == "csv" else as_table(groups), nl=False)


def _questionnaire(code: str) -> Questionnaire:
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
    if found is None or current(found) is None:
        known = ", ".join(db.session.scalars(select(Questionnaire.code).order_by(Questionnaire.code)))
        raise Refusal(f"There is no published questionnaire {code}. There are: {known or 'none'}.")
    return found


def _check_question(questionnaire: Questionnaire, code: str) -> None:
    version = current(questionnaire)
    known = subjects(version) if version else {}
    if code not in known:
        raise Refusal(f"{questionnaire.code} has no question {code}. It has: {', '.join(known)}.")


def _shown_days(asked: Filters, question: str, least: int) -> Filters:
    found = published_days(asked, question, least)
    if found != asked:
        click.echo(f"Few answer: shown are {found.first_on} to {found.last_on}.", err=True)
    return found


def _filters(questionnaire: Questionnaire, first: datetime | None, last: datetime | None) -> Filters:
    known = known_days(questionnaire.id) or (date.max, date.max)
    begin, end = (first.date() if first else known[0]), (last.date() if last else known[1])
    if begin > end:
        raise Refusal(f"--from {begin} lies after --to {end}.")
    return Filters(questionnaire.id, begin, end)
