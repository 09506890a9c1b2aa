"""The application's settings, and a key of its own for each purpose of these pages."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app

from survey.config import Settings


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def secret(purpose: str) -> str:
    return _derived(settings(), purpose)


@lru_cache(maxsize=16)
def _derived(given: Settings, purpose: str) -> str:
    return given.derived(purpose)
