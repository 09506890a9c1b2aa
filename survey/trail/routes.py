"""The audit trail, for administrators and auditors: a page to search, and a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, stream_with_context, url_for
from flask_security import current_user

from survey import audit, clock
from survey.access import Act, required
from survey.cells import clean, neutral_row
from survey.config import Settings
from survey.trail import wording
from survey.trail.forms import TrailForm
from survey.trail.queries import Entry, Page, Wanted, page, stream

blueprint = Blueprint("trail", __name__, url_prefix="/audit")

HEADER = ("number", "at", "actor_kind", "actor_name", "deed", "thing_kind", "thing_id", "thing_name",
          "sentence", "details", "previous", "hash")  # fmt: skip
_PIECE = 64 * 1024  # characters sent at a time
_LARGEST = 2**63 - 1


def _timezone() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.timezone


@blueprint.get("")
@required(Act.READ_AUDIT)
def index() -> str | tuple[str, int]:
    form, wanted = _asked()
    audit.saw_figures(audit.Thing("audit", unit_id=current_user.unit_id), _timezone())
    good = form.validate()
    found = page(current_user, wanted, _timezone(), _number("older"), _number("newer")) if good else None
    shown = render_template(
        "trail/index.html",
        form=form,
        page=found or Page([], None, None),
        filtered=bool(form.given()),
        address=lambda endpoint=".index", **more: url_for(endpoint, **(form.given() | more)),
        sentence=wording.sentence,
        lines=lambda entry: list(wording.lines(entry)),
        timezone=_timezone(),
    )
    return shown if good else (shown, 422)


@blueprint.get("/file.csv")
@required(Act.READ_AUDIT)
def file() -> Response | tuple[str, int] | str:
    form, wanted = _asked()
    if not form.validate():
        return index()
    audit.saw(audit.Deed.EXPORTED, audit.Thing("audit", unit_id=current_user.unit_id), form.given())
    pieces = stream_with_context(_pieces(stream(current_user, wanted, _timezone())))
    name = f"audit-{clock.today(_timezone())}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pieces, content_type="text/csv; charset=utf-8", headers=head)


def _asked() -> tuple[TrailForm, Wanted]:
    form = TrailForm(request.args)
    wanted = Wanted(
        actor=form.actor.data or "",
        person=clean((form.person.data or "").strip()),
        deed=form.deed.data or "",
        kind=form.kind.data or "",
        first_on=form.first_on.data,
        last_on=form.last_on.data,
    )
    return form, wanted


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 30 else None


def _pieces(entries: Iterator[Entry]) -> Iterator[bytes]:
    out = io.StringIO()
    out.write("\ufeff")
    rows = csv.writer(out)
    rows.writerow(HEADER)
    for entry in entries:
        rows.writerow(neutral_row(_cell(entry, name) for name in HEADER))
        if out.tell() >= _PIECE:
            yield _taken(out)
    yield _taken(out)


def _cell(entry: Entry, name: str) -> Any:
    if name == "sentence":
        return wording.sentence(entry)
    return entry.at.isoformat() if name == "at" else getattr(entry, name)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")
