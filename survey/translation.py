"""The language of a request: the person's, then the link's, then the browser's, then the default."""

from __future__ import annotations

from click import get_current_context
from flask import Flask, current_app, g, has_request_context, request, session
from flask.sessions import NullSession
from flask_babel import get_translations
from flask_security import current_user
from flask_wtf import i18n

from survey.extensions import babel
from survey.locales import NAMES, TAGS, closest, first_of
from survey.translations.compiled import FOLDER, compile_all


def N_(text: str) -> str:
    """Marks a text for the catalogues that is translated when it is shown."""
    return text


OF_WTFORMS = (
    N_("Not a valid choice."),
    N_("Not a valid date value."),
    N_("Not a valid integer value."),
)


def register(app: Flask) -> None:
    compile_all()
    i18n._get_translations = get_translations  # WTForms' own catalogues would give Simplified for zh_Hant
    babel.init_app(app, locale_selector=locale, default_translation_directories=str(FOLDER))
    app.context_processor(lambda: {"locale": locale(), "locale_tag": TAGS[locale()], "locale_names": NAMES})


def locale() -> str:
    """One of survey.locales.LOCALES, always. Commands speak English; else the default outside a request."""
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    if not has_request_context():
        return default if get_current_context(silent=True) is None else "en"
    if "locale" not in g:
        g.locale = _choose(default)
    chosen: str = g.locale
    return chosen


def use_locale(wanted: str) -> None:
    """For pages whose language comes from the link: call before anything is translated."""
    g.locale = closest(wanted) or wanted


def locale_of_browser() -> str:
    """Of a request whose person cannot be looked up."""
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    return first_of([request.args.get("lang"), session.get("locale"), *_tags()], default)


def _choose(default: str) -> str:
    asked = closest(request.args.get("lang"))
    if asked:
        if not isinstance(session, NullSession):  # respondents have none
            session["locale"] = asked
        return asked
    person = current_user.locale if current_user and current_user.is_authenticated else None
    return first_of([session.get("locale"), person, *_tags()], default)


def _tags() -> list[str]:
    return [tag for tag, _quality in request.accept_languages]
