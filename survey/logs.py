"""Log lines: one line each, structured, without personal data.

What a library or an exception says may quote what a person typed, so addresses and tokens are masked in every
text, and of an exception only its type and the places it came through are written.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import structlog
from flask import Flask, request
from structlog.typing import EventDict, Processor

from survey.config import ROOT, Settings

QUIET = ("alembic", "huey")  # tell of every step they take
SERVERS = ("gunicorn.error", "gunicorn.access", "waitress", "huey")
MASK = "•"
MOST = 1000  # characters of one value
FRAMES = 8
ENCODED = 3  # times; a proxy may encode what a browser has encoded already

_MASKED = (
    (re.compile(r"[^\s@/<>\"'=(]+@[^\s@/<>\"',;)]+"), MASK),  # e-mail addresses, passwords in URLs
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), MASK),  # IPv4
    (  # IPv6, and addresses of network cards; not the time of day
        re.compile(
            r"(?:(?<!\w)|(?=::))(?=[0-9a-fA-F:]*::|(?:[0-9a-fA-F]*:){5})[0-9a-fA-F:.]*[0-9a-fA-F:](?:%\w+)?"
        ),
        MASK,
    ),
    (re.compile(r"(?<![\w-])[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){2}(?![\w-])"), MASK),  # receipts, anywhere
    (re.compile(r"(?<![\w-])(?=\w*\d)(?=\w*[A-Z])(?:[0-9A-Z]{12}|[0-9A-Z]{16})(?![\w-])"), MASK),
    (re.compile(r"(/(?:i|receipt|reset|verify|confirm)/)[^\s/?#\"']+"), rf"\1{MASK}"),
    (re.compile(r"(?<=/)(?=[\w-]*\d)[\w-]{16,}"), MASK),  # any longer token in a path
    (re.compile(r"\?[^\s\"']*"), ""),  # query strings
    (re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"), " "),  # what could end a line
)


def configure(settings: Settings) -> None:
    """Every logger of this process writes through one handler to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(_renderer(settings.log_format)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in SERVERS:
        server = logging.getLogger(name)
        server.handlers[:] = []
        server.propagate = True
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def register(app: Flask) -> None:
    """An exception in a request is logged with its route, whose address may hold a token."""
    log = logging.getLogger("survey.requests")

    def log_exception(exc_info: Any) -> None:
        rule = request.url_rule.rule if request.url_rule else MASK
        log.error("a request failed: %s %s", request.method, rule, exc_info=exc_info)

    app.log_exception = log_exception  # type: ignore[method-assign]


def masked(text: str) -> str:
    for _time in range(ENCODED):
        text = unquote(text)
    for pattern, replacement in _MASKED:
        text = pattern.sub(replacement, text)
    return text[:MOST]


def _formatter(renderer: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=("part", "method", "status", "ms")),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _failure, _mask, renderer],
    )


def _renderer(form: str) -> Processor:
    if form == "json" or (form == "auto" and not sys.stderr.isatty()):
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)


def _failure(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """`error`: the type; `at`: the innermost places first. Never the message, which may quote an answer."""
    exc_info = event.pop("exc_info", None)
    event.pop("exc_text", None)
    event.pop("stack_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, tuple) and exc_info[0] is not None:
        event["error"] = exc_info[0].__name__
        frames = traceback.extract_tb(exc_info[2])[-FRAMES:]
        event["at"] = " < ".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
    return event


def _mask(_logger: Any, _name: str, event: EventDict) -> EventDict:
    event["event"] = masked(str(event.get("event", "")))
    return event


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
