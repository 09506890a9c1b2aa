"""The commands that start things: init, up, web, worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, OperationalError

from survey import demo, lookout, metrics, production, serve
from survey.config import SettingError, Settings
from survey.extensions import db
from survey.migrating import upgrade
from survey.processing import masking, recount, searching, sentiment

R = TypeVar("R")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _or_one_line(act: Callable[[], R]) -> R:
    """What `act` returns; a wrong setting or an unreachable database ends the program with one line."""
    try:
        return act()
    except SettingError as error:
        raise SystemExit(f"Afterword cannot start. {error}") from None
    except (OperationalError, DBAPIError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise SystemExit(f"Afterword cannot start. DATABASE_URL: {reason}") from None


def _keeps_what_it_acknowledges() -> None:
    """Raises SettingError for a database in production that may forget a response after a power cut."""
    if _settings().in_production:
        with db.engine.connect() as connection:
            unsafe = production.loses_what_it_acknowledged(connection)
        if unsafe:
            raise SettingError(f"DATABASE_URL: the database has {unsafe} and may lose responses")


def _brought_up_to_date() -> None:
    """Creates or migrates the tables, and counts what an update counts for the first time."""
    upgrade()
    if recount.count_what_is_new():
        click.echo("Stored responses were counted once more, for figures that this update brings.")
    db.session.commit()
    hidden = masking.mask_what_is_stored(db.session.commit)
    if hidden:
        click.echo(f"Names and numbers were hidden in the comments of {hidden} stored responses.")
    found = searching.read_what_is_stored(db.session.commit)
    if found:
        click.echo(f"The words of {found} stored comments were put into the search.")


@click.command("init")
@with_appcontext
def init() -> None:
    """Create or migrate the database, without a demonstration."""
    _or_one_line(_brought_up_to_date)
    click.echo("The database is ready.")


@click.command("demo")
@click.option("--responses", default=20_000, show_default=True, help="About how many responses to make.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same demonstration.")
@with_appcontext
def make_demo(responses: int, seed: int) -> None:
    """Fill an empty database with the demonstration of docs/demo.md."""
    _or_one_line(_brought_up_to_date)
    if not demo.database_is_empty():
        raise SystemExit("The database is not empty; a demonstration is only made in an empty one.")
    demo.make(responses, seed)
    click.echo(demo.welcome(_settings()))


@click.command("up")
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty database with the demonstration.")
@with_appcontext
def up(with_demo: bool) -> None:
    """Create or migrate the database, then run the web server and the worker until Ctrl-C."""
    settings = _settings()
    _or_one_line(lambda: serve.check_port(settings))
    _or_one_line(_brought_up_to_date)
    _or_one_line(_keeps_what_it_acknowledges)
    if with_demo and demo.database_is_empty():
        demo.make()
    welcome = demo.welcome(settings)
    db.session.remove()
    db.engine.dispose()
    threading.Thread(target=_greet, args=(settings, welcome), daemon=True).start()
    commands = [serve.web_command(settings), serve.worker_command()]
    try:
        code = serve.run(settings, commands, serve.web_environment(settings))
    finally:
        metrics.forget(settings.data_dir)
    raise SystemExit(code)


def _greet(settings: Settings, welcome: str) -> None:
    serve.wait_until_it_answers(settings)
    click.echo(f"\nAfterword is at {settings.base_url}  (Ctrl-C stops it)\n{welcome}")


@click.command("web")
@with_appcontext
def web() -> None:
    """Run the web server alone, for a service manager: TERM stops it, HUP loads the program anew."""
    settings = _settings()
    _or_one_line(lambda: serve.check_port(settings))
    _or_one_line(_keeps_what_it_acknowledges)
    db.engine.dispose()
    serve.replace_by_web_server(settings)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run the worker alone: it processes responses and whatever else is due."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    _or_one_line(_keeps_what_it_acknowledges)
    serve.give_way(_settings())
    sentiment.load()
    huey = current_app.extensions["huey"]
    stop = lookout.begin(current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        huey.create_consumer(
            workers=1, periodic=True, initial_delay=0.05, max_delay=0.5, check_worker_health=True
        ).run()
    finally:
        stop.set()


COMMANDS = (init, make_demo, up, web, worker)


def register(commands: click.Group) -> None:
    for command in COMMANDS:
        commands.add_command(command)
