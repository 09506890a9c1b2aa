"""The page for "not now" (503): says when to come back and keeps what was typed. Needs no database."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _l

from survey.availability import RETRY_SECONDS, give_up, passing
from survey.locales import TAGS
from survey.translation import locale_of_browser, use_locale

BUSY = _l("The service is busy. Nothing that you typed is lost; please try again in a moment.")
STAFF = _l("The database or the disk cannot be used at this moment. Nothing that was stored is lost.")

Field = tuple[str, str]


def register(app: Flask) -> None:
    app.register_error_handler(Exception, _unavailable)


def _unavailable(error: Exception) -> Response:
    if not passing(error):
        raise error
    return answer(error)


def answer(error: BaseException) -> Response:
    give_up(error)
    locale = locale_of_browser()
    use_locale(locale)
    template = current_app.jinja_env.get_template("unavailable.html")
    posted = request.method == "POST"
    html = template.render(
        locale=locale, locale_tag=TAGS[locale], text=STAFF, posted=posted, sent=_typed() if posted else None
    )
    found = Response(html.encode("utf-8", "replace"), 503, mimetype="text/html")
    found.headers["Retry-After"] = str(RETRY_SECONDS)
    return found


def _typed() -> list[Field] | None:
    """What the form held, to be sent once more; None for what must not be repeated in a page, and for files."""
    if request.blueprint == "security":
        return None
    try:
        secret = any("password" in name for name in request.form)
        return None if secret or request.files else list(request.form.items(multi=True))
    except OSError:  # it was the reading of the form that found the disk full
        return None
