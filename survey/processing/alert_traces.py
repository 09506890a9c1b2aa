"""Alerts without the responses that go: what matched goes with them, and an alert of which nothing is left goes too."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, exists, select

from survey.extensions import db
from survey.models import Alert, AlertMatch


def forget(ids: Sequence[uuid.UUID]) -> None:
    mine = AlertMatch.response_id.in_(ids)
    alerts = set(
        db.session.scalars(select(AlertMatch.alert_id).where(mine, AlertMatch.alert_id.is_not(None)))
    )
    quiet = {"synchronize_session": False}
    db.session.execute(delete(AlertMatch).where(mine), execution_options=quiet)
    if alerts:
        left = exists().where(AlertMatch.alert_id == Alert.id)
        db.session.execute(delete(Alert).where(Alert.id.in_(alerts), ~left), execution_options=quiet)
