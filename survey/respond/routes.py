"""The public pages: open, answer, submit, receipt. No cookie is set and no session is read here."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from survey.extensions import reading
from survey.models import Response as Stored
from survey.questions.definition import definition_of
from survey.respond import (
    answering,
    failures,
    following,
    languages,
    limits,
    openings,
    own,
    pages,
    queries,
    recent,
)
from survey.respond import replies as told
from survey.respond.openings import Opening

blueprint = Blueprint("respond", __name__)
failures.register(blueprint)


@blueprint.route("/s/<code>", methods=["GET", "POST"])
def link(code: str) -> Response:
    return _visited(recent.by_code(code))


@blueprint.route("/k/<code>", methods=["GET", "POST"])
def kiosk(code: str) -> Response:
    """A link on a device that many people use one after the other."""
    return _visited(recent.by_code(code), kiosk_code=code)


@blueprint.route("/i/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Response:
    limits.may_guess()
    opening = openings.by_token(token)
    return _visited(opening) if opening else _unknown()


@blueprint.route("/receipt", methods=["GET", "POST"])
def receipts() -> Response:
    return own.ask()


@blueprint.get("/receipt/<receipt>/answers")
def answers(receipt: str) -> Response:
    stored = _found(receipt)
    return own.show(stored) if stored else _unknown()


@blueprint.route("/receipt/<receipt>/erase", methods=["GET", "POST"])
def erase(receipt: str) -> Response:
    stored = _found(receipt)
    if stored is None:
        return _unknown()
    return own.erase(stored) if request.method == "POST" else own.confirm(stored)


@blueprint.route("/receipt/<receipt>/case", methods=["GET", "POST"])
def follow(receipt: str) -> Response:
    stored = _found(receipt)
    if stored is None:
        return _unknown()
    return following.act(stored) if request.method == "POST" else following.show(stored)


@blueprint.get("/receipt/<receipt>")
def receipt(receipt: str) -> Response:
    return _receipt(receipt)


@blueprint.get("/k/<code>/receipt/<receipt>")
def kiosk_receipt(code: str, receipt: str) -> Response:
    return _receipt(receipt, start=url_for("respond.kiosk", code=code))


@blueprint.get("/said/<code>")
def replies(code: str) -> Response:
    return told.show(code) or _nothing()


def _visited(opening: Opening | None, kiosk_code: str | None = None) -> Response:
    if opening is None:
        limits.wrong_link()
        return _nothing()
    if request.method == "POST" and "begun" in request.args:
        limits.beginning()
        return answering.begin(opening, kiosk_code)
    if request.method == "POST":
        limits.submission()
        return answering.answer(opening, kiosk_code)
    with reading():
        return answering.look(opening, kiosk_code)


def _found(receipt: str) -> Stored | None:
    limits.may_guess()
    return queries.by_receipt(receipt)


def _unknown() -> Response:
    """The answer to a wrong receipt or token, which counts as a guess."""
    limits.wrong_guess()
    return _nothing()


def _nothing() -> Response:
    return pages.unknown(languages.asked(request.args.get("lang")))


def _receipt(code: str, start: str | None = None) -> Response:
    """A receipt is confirmed only where a response has it."""
    stored = _found(code)
    if stored is None:
        return _unknown()
    definition = definition_of(stored.version)
    locale = languages.chosen([request.args.get("lang"), stored.locale], stored.locale, definition.languages)
    return pages.receipt(stored, definition, locale, "changed" in request.args, start)
