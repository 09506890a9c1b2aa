"""Delivery reports: what became of a batch's messages, kept as counts. Which person's message it was is not stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete, select

from survey import audit
from survey.csv_tables import decode, read
from survey.distribute.issuing import LINKS_COLUMNS, hash_of
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Batch, Delivery, Fate, Invitation, ServiceEvent

MOST_BYTES = 32 * 1024 * 1024
WORDS = {
    Fate.DELIVERED: ("delivered", "sent", "ok", "送达", "已送达", "送達", "已送達", "成功"),
    Fate.BOUNCED: ("bounced", "failed", "undelivered", "退回", "失败", "失敗", "未送达", "未送達"),
    Fate.REFUSED: ("refused", "unsubscribed", "opted out", "拒绝", "拒絕", "拒收", "退订", "退訂"),
}
FATES = {word: fate for fate, words in WORDS.items() for word in words}

Where = tuple[int, int]  # unit and service type


@dataclass(frozen=True, slots=True)
class Taken:
    reported: int
    unknown: int  # rows that name no invitation of this batch, or more than one


def take(batch: Batch, content: bytes, whose: ColumnElement[bool]) -> Taken:
    """Puts the report in the place of the one before, for the invitations in `whose`. The caller commits.

    The last row of an invitation counts. Raises Invalid for what is no report and for a status that is not known.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_l("The file is larger than 32 MB. Send several files."), field="file")
    fates, unknown = dict[str, Fate](), 0
    known = _known(batch, whose)
    for name, fate in _rows(decode(content)):
        if name in known:
            fates[known[name][0]] = fate
        else:
            unknown += 1
    if not fates:
        raise Invalid(_l("No row names an invitation of this batch."), field="file")
    _keep(batch, dict(known.values()), fates)
    return Taken(len(fates), unknown)


def _rows(text: str) -> Iterator[tuple[str, Fate]]:
    """The fingerprint of each row's link, or its reference, and what became of it."""
    for row in read(text, (*LINKS_COLUMNS, "status"), ("status",)):
        fate = FATES.get(row["status"].strip().lower())
        if fate is None:
            raise Invalid(
                _l("Line %(line)s: the status must be delivered, bounced or refused.", line=row.line),
                field="file",
            )
        link = row["link"].strip().rstrip("/").rpartition("/")[2]
        yield (hash_of(link) if link else row["reference"].strip()), fate


def _known(batch: Batch, whose: ColumnElement[bool]) -> dict[str, tuple[str, Where]]:
    """By fingerprint, and by reference where only one invitation has it."""
    rows = db.session.execute(
        select(Invitation.token_hash, ServiceEvent.reference, Invitation.unit_id, Invitation.service_type_id)
        .join(ServiceEvent, ServiceEvent.id == Invitation.service_event_id)
        .where(Invitation.batch_id == batch.id, whose)
    ).all()
    times = Counter(row.reference for row in rows)
    found = {}
    for token, reference, *where in rows:
        found[token] = (token, (where[0], where[1]))
        if times[reference] == 1:
            found[reference] = found[token]
    return found


def _keep(batch: Batch, known: dict[str, Where], fates: dict[str, Fate]) -> None:
    units = {unit for unit, _service in known.values()}
    db.session.execute(delete(Delivery).where(Delivery.batch_id == batch.id, Delivery.unit_id.in_(units)))
    counts = Counter((*known[token], fate) for token, fate in fates.items())
    db.session.add_all(
        Delivery(batch_id=batch.id, unit_id=unit, service_type_id=service, fate=fate, count=count)
        for (unit, service, fate), count in sorted(counts.items())
    )
    audit.record(audit.Deed.CHANGED, batch, {"delivery": dict(Counter(fates.values()))})


def reported(batch: Batch, whose: ColumnElement[bool]) -> Counter[str]:
    """What the last report said, of units that have invitations in `whose`."""
    units = select(Invitation.unit_id).where(Invitation.batch_id == batch.id, whose)
    rows = db.session.execute(
        select(Delivery.fate, Delivery.count).where(
            Delivery.batch_id == batch.id, Delivery.unit_id.in_(units)
        )
    )
    found: Counter[str] = Counter()
    for fate, count in rows:
        found[fate] += count
    return found
