"""`flask check`: the same as the page, on the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import TypeVar

import click
from flask import current_app
from flask.cli import AppGroup

from analysis.statistics.published_means import Answers
from survey.checking import reading
from survey.checking.findings import Found, of_means, of_shares
from survey.config import Settings

R = TypeVar("R")
check_commands = AppGroup("check", help="Check what a report prints.")
_N = click.option("--n", "persons", multiple=True, help="Persons of each group, where not in the figure.")
_P = click.option("--p", "claim", help='P as printed, such as "P<0.05".')
_SIGNS = {True: "+", False: "x", None: " "}


class Refusal(click.ClickException):
    """One line, and the exit code of wrong usage."""

    exit_code = 2


@check_commands.command("shares")
@click.argument("groups", nargs=-1, required=True)
@_N
@_P
def shares(groups: Sequence[str], persons: Sequence[str], claim: str | None) -> None:
    """Counts or percentages of one group or two: 48/50, "48/50 (96.0%)", "88.72% of 24".

    Prints "x" before what cannot be or does not hold, and then exits with 1.
    """
    found = _groups(groups, persons, reading.share)
    claimed = _read(lambda: reading.claimed_p(claim)) if claim else None
    _print(of_shares(found, claimed, _settings().locale))


@check_commands.command("means")
@click.argument("groups", nargs=-1, required=True)
@_N
@_P
@click.option("--range", "ends", nargs=2, type=str, help="Lowest and highest answer.")
@click.option("--observed", is_flag=True, help="Both ends were given as answers, not only possible.")
@click.option("--any-numbers", is_flag=True, help="Answers are not whole numbers.")
def means(
    groups: Sequence[str],
    persons: Sequence[str],
    claim: str | None,
    ends: tuple[str, str] | None,
    observed: bool,
    any_numbers: bool,
) -> None:
    """Mean and SD of one group or two: "6.50±0.25" --n 50 --range 3 10 --observed.

    Prints "x" before what cannot be or does not hold, and then exits with 1.
    """
    found = _groups(groups, persons, reading.mean)
    if len(found) == 2 and not all(one.sd for one in found):
        raise Refusal("Two means are compared by their SDs: please give mean±SD.")
    lowest, highest = (_read(partial(reading.end, one)) for one in ends) if ends else (None, None)
    if lowest is not None and highest is not None and lowest >= highest:
        raise Refusal("The highest answer must lie above the lowest.")
    claimed = _read(lambda: reading.claimed_p(claim)) if claim else None
    answers = Answers(lowest, highest, observed, not any_numbers)
    _print(of_means(found, answers, claimed, _settings().locale))


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _groups(groups: Sequence[str], persons: Sequence[str], read: Callable[[str, str], R]) -> list[R]:
    if len(groups) > 2 or len(persons) > len(groups):
        raise Refusal("Please give one group or two, and at most one --n for each.")
    return [_read(partial(read, text, n)) for text, n in zip_longest(groups, persons, fillvalue="")]


def _read(read: Callable[[], R]) -> R:
    try:
        return read()
    except reading.Unreadable as error:
        raise Refusal(str(error.said)) from error


def _print(found: Found) -> None:
    for finding in found.findings:
        click.echo(f"{_SIGNS[finding.fine]} {finding.text}")
    for name, value in found.method:
        click.echo(f"    {name}: {value}")
    if any(finding.fine is False for finding in found.findings):
        raise SystemExit(1)
