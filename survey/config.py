"""Every setting, read once from the environment; a wrong one is refused at start with one line."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from survey import counter_file, production
from survey.locales import LOCALES
from survey.mail_settings import mail_config

ROOT = Path(__file__).resolve().parent.parent
SMALLEST_MIN_N = 5
SHORTEST_TOKEN = 16  # characters
REDIS_PATIENCE = {
    "socket_timeout": 1.0,
    "socket_connect_timeout": 1.0,
}  # seconds; submissions do not wait longer


class SettingError(Exception):
    """A setting that cannot be used; its text is one line for the person who starts the program."""


@dataclass(frozen=True, slots=True)
class Settings:
    data_dir: Path
    database_url: str
    redis_url: str
    secret_key: str
    base_url: str
    host: str
    port: int
    mail_url: str
    mail_from: str
    timezone: str
    locale: str
    organisation: str
    min_n: int
    web_workers: int
    web_threads: int
    max_body: int
    submissions_per_minute: int
    trusted_proxies: int
    log_format: str
    log_level: str
    log_requests: str
    metrics_token: str
    frame_ancestors: str
    session_hours: int
    chromium: str

    @property
    def in_production(self) -> bool:
        return production.is_production(self.base_url, self.host, self.trusted_proxies)

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def derived(self, purpose: str) -> str:
        """A key of its own for each purpose, so that one secret has to be kept."""
        return hmac.new(self.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def read_settings(given: Mapping[str, str] | None = None) -> Settings:
    """Settings from `given`, else from the environment over the file `.env` beside the program."""
    env = given if given is not None else _environment()
    data_dir = _folder(env.get("DATA_DIR") or str(ROOT / "var"))
    port = _whole(env, "PORT", 8000, 1, 65535)
    host = env.get("HOST") or "127.0.0.1"
    settings = Settings(
        data_dir=data_dir,
        database_url=_database_url(env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'afterword.db'}"),
        redis_url=_url(env, "REDIS_URL", "", ("redis", "rediss", "unix")),
        secret_key=_secret_key(env.get("SECRET_KEY"), data_dir),
        base_url=_url(env, "BASE_URL", f"http://localhost:{port}", ("http", "https")).rstrip("/"),
        host=host,
        port=port,
        mail_url=_url(env, "MAIL_URL", "", ("smtp", "smtps", "file", "console")),
        mail_from=env.get("MAIL_FROM") or "afterword@localhost",
        timezone=_timezone(env.get("DEFAULT_TIMEZONE") or "Asia/Shanghai"),
        locale=_locale(env.get("DEFAULT_LOCALE") or "zh_Hans"),
        organisation=env.get("ORGANISATION") or "Afterword",
        min_n=_whole(env, "MIN_N", 10, SMALLEST_MIN_N, 1000),
        web_workers=_whole(env, "WEB_WORKERS", 2, 1, 64),
        web_threads=_whole(env, "WEB_THREADS", 4, 1, 64),
        max_body=_whole(env, "MAX_BODY_MB", 64, 1, 2048) * 1024 * 1024,
        submissions_per_minute=_whole(env, "SUBMISSIONS_PER_MINUTE", 120, 0, 1_000_000),
        trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0, 0, 8),
        log_format=_one_of(env, "LOG_FORMAT", "auto", "json", "text"),
        log_level=_one_of(env, "LOG_LEVEL", "info", "warning", "error", "debug"),
        log_requests=_one_of(env, "LOG_REQUESTS", "slow", "all", "none"),
        metrics_token=_metrics_token(env),
        frame_ancestors=_origins(env),
        session_hours=_whole(env, "SESSION_HOURS", 24, 1, 24 * 30),
        chromium=env.get("CHROMIUM") or "",
    )
    _fit_for_production(settings, env)
    return settings


def _fit_for_production(settings: Settings, env: Mapping[str, str]) -> None:
    if not settings.in_production:
        return
    if (env.get("FLASK_DEBUG") or "0").lower() not in ("0", "false", "no"):
        raise SettingError("FLASK_DEBUG: must not be set where others can reach the program")
    weak = production.weak_key(settings.secret_key)
    if weak:
        raise SettingError(f"SECRET_KEY: {weak}; leave it out, and a good one is made")


def _origins(env: Mapping[str, str]) -> str:
    found = production.origins(env.get("FRAME_ANCESTORS") or "")
    if found is None:
        raise SettingError(
            "FRAME_ANCESTORS: must be origins such as https://www.example.org, with spaces between"
        )
    return found


def flask_config(settings: Settings) -> dict[str, Any]:
    """The settings under the names that Flask and its extensions read."""
    secure = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "MAX_CONTENT_LENGTH": settings.max_body,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": settings.locale,
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "RATELIMIT_STORAGE_URI": settings.redis_url or counter_file.uri(settings.data_dir),
        "RATELIMIT_STORAGE_OPTIONS": REDIS_PATIENCE
        if settings.redis_url
        else {"secret": settings.derived("counters")},
        "RATELIMIT_HEADERS_ENABLED": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 31536000,
        **_mail(settings),
    }


def _mail(settings: Settings) -> dict[str, Any]:
    try:
        return mail_config(settings.mail_url, settings.mail_from)
    except ValueError as error:
        raise SettingError(f"MAIL_URL: {error}") from None


def _environment() -> dict[str, str]:
    from_file = {key: value or "" for key, value in dotenv_values(ROOT / ".env").items()}
    return from_file | dict(os.environ)


def environment_with(**given: str) -> dict[str, str]:
    """This process's environment for a child that needs more."""
    return dict(os.environ) | given


def _engine_options(settings: Settings) -> dict[str, Any]:
    common = {
        "hide_parameters": True,  # an error of the database must not quote answers
        "pool_use_lifo": True,  # the connection used last still has its pages and plans in memory
    }
    if settings.sqlite:
        return {"connect_args": {"timeout": 30}, **common}
    return {
        **common,
        "pool_size": settings.web_threads + 1,
        "max_overflow": 4,
        "connect_args": {"connect_timeout": 5},  # seconds
    }


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingError(f"DATA_DIR: cannot write in {folder}: {error.strerror}") from None
    return folder


def _database_url(url: str) -> str:
    scheme = url.partition(":")[0]
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        url = "postgresql+psycopg" + url[len(scheme) :]
    elif scheme != "sqlite":
        raise SettingError(
            f"DATABASE_URL: must begin with sqlite:/// or postgresql://, not {scheme or 'nothing'}"
        )
    try:
        forgotten = production.is_forgotten(make_url(url))
    except (ArgumentError, ValueError):
        raise SettingError("DATABASE_URL: must be sqlite:///file or postgresql://host/database") from None
    if forgotten:
        raise SettingError("DATABASE_URL: a database in memory keeps no response; give a file")
    return url


def _metrics_token(env: Mapping[str, str]) -> str:
    token = env.get("METRICS_TOKEN") or ""
    if 0 < len(token) < SHORTEST_TOKEN:
        raise SettingError(f"METRICS_TOKEN: must have at least {SHORTEST_TOKEN} characters")
    return token


def _url(env: Mapping[str, str], name: str, default: str, schemes: tuple[str, ...]) -> str:
    url = env.get(name) or default
    if url and urlsplit(url).scheme not in schemes:
        raise SettingError(f"{name}: must begin with one of {', '.join(s + ':' for s in schemes)}")
    return url


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingError(f"{name}: must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _one_of(env: Mapping[str, str], name: str, *allowed: str) -> str:
    """The first is the default."""
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise SettingError(f"{name}: must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError(f"DEFAULT_TIMEZONE: no such time zone: {name!r}") from None
    return name


def _locale(name: str) -> str:
    if name not in LOCALES:
        raise SettingError(f"DEFAULT_LOCALE: must be one of {', '.join(LOCALES)}, not {name!r}")
    return name


def _secret_key(given: str | None, data_dir: Path) -> str:
    """The given key; else one made at the first start and kept, readable by the owner only."""
    if given:
        if len(given) < 32:
            raise SettingError("SECRET_KEY: must have at least 32 characters")
        return given
    file = data_dir / "secret_key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
