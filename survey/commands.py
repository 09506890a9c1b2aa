"""The flask commands, loaded when one is wanted: what only commands need costs web processes nothing."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup


class Commands(AppGroup):
    loaded = False

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


def register(app: Flask) -> None:
    app.cli = Commands(app.name)
    if click.get_current_context(silent=True):  # a command runs; perhaps one of Flask-Migrate's own
        import_module("survey.migrating").bind(app)
