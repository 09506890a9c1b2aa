"""Preview: a questionnaire as respondents see it, on a page of its own and in a frame as wide as a phone."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, url_for
from werkzeug.datastructures import MultiDict

from survey.access import Act, required
from survey.design import library, queries
from survey.design.routes import blueprint
from survey.errors import Missing
from survey.locales import LOCALES, TAGS
from survey.questions.definition import Definition, definition_of
from survey.requests import POLICY
from survey.translation import use_locale


@blueprint.get("/<code>/versions/<int:number>/preview/<locale>")
@required(Act.READ_QUESTIONNAIRES)
def preview(code: str, number: int, locale: str) -> Response:
    return _page(definition_of(queries.version(code, number)), locale)


@blueprint.get("/<code>/versions/<int:number>/phone/<locale>")
@required(Act.READ_QUESTIONNAIRES)
def phone(code: str, number: int, locale: str) -> Response:
    definition = definition_of(queries.version(code, number))
    return _phone(definition, locale, "preview", {"code": code, "number": number})


@blueprint.get("/_library/<code>/preview/<locale>")
@required(Act.READ_QUESTIONNAIRES)
def shelf_preview(code: str, locale: str) -> Response:
    return _page(library.definition(code), locale)


@blueprint.get("/_library/<code>/phone/<locale>")
@required(Act.READ_QUESTIONNAIRES)
def shelf_phone(code: str, locale: str) -> Response:
    return _phone(library.definition(code), locale, "shelf_preview", {"code": code})


def _phone(definition: Definition, locale: str, inside: str, address: dict[str, Any]) -> Response:
    """The staff page around: the languages, and the preview in a frame."""
    answer = make_response(
        render_template(
            "design/phone.html",
            definition=definition,
            shown=_known(locale),
            frame=url_for(f".{inside}", locale=locale, **address),
            address=address,
        )
    )
    answer.headers["Content-Security-Policy"] = POLICY + "; frame-src 'self'"
    return answer


def _page(definition: Definition, locale: str) -> Response:
    """All sections on one page, in the language of the address. It may stand in a frame of ours."""
    use_locale(_known(locale))
    page = render_template(
        "design/preview.html",
        definition=definition,
        sections=definition.sections,
        locale=locale,
        tags=TAGS,
        kiosk=False,
        raw=MultiDict(),
        errors={},
        places=queries.example_places(locale),
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _known(locale: str) -> str:
    if locale not in LOCALES:
        raise Missing
    return locale
