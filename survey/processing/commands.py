"""`flask responses reprocess`."""

from __future__ import annotations

import uuid

import click
from sqlalchemy import select

from survey import audit
from survey.bell import bell
from survey.extensions import db
from survey.models import Questionnaire, Response
from survey.processing import erasing

AT_ONCE = 500  # responses a transaction


@click.command("reprocess")
@click.argument("ids", nargs=-1, type=click.UUID)
@click.option("--questionnaire", "code", help="All processed responses to this one.")
def reprocess(ids: tuple[uuid.UUID, ...], code: str | None) -> None:
    """Let the worker read comments and signs again, after an update that reads them otherwise.

    Until the worker has been there the responses are in no figure. Those whose texts were removed stay as they are.
    """
    if bool(ids) == bool(code):
        raise click.UsageError("Name responses, or say --questionnaire.")
    chosen = _processed(code) if code else ids
    done = 0
    for start in range(0, len(chosen), AT_ONCE):
        some = erasing.reprocess(chosen[start : start + AT_ONCE])
        if some:
            audit.record(
                audit.Deed.CHANGED, audit.Thing("responses", code or "", code or ""), {"reprocessed": some}
            )
        db.session.commit()
        done += some
    bell.ring()
    click.echo(f"waiting again: {done}")


def _processed(code: str) -> tuple[uuid.UUID, ...]:
    questionnaire = db.session.scalar(select(Questionnaire.id).where(Questionnaire.code == code))
    if questionnaire is None:
        raise click.BadParameter(f"There is no questionnaire “{code}”.")
    of_it = Response.questionnaire_id == questionnaire, Response.processed_at.is_not(None)
    return tuple(db.session.scalars(select(Response.id).where(*of_it)))
