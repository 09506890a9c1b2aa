"""The flask commands, loaded when one is wanted: what only commands need costs web processes nothing."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup


class Commands(AppGroup):
    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self.app = app
        self.loaded = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        if not self.loaded:
            self.loaded = True
            import_module("survey.cli").register(self)
            import_module("survey.migrating").bind(self.app)


def register(app: Flask) -> None:
    app.cli = Commands(app)
    if click.get_current_context(silent=True):  # a command runs; perhaps one of Flask-Migrate's own
        import_module("survey.migrating").bind(app)
