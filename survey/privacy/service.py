"""Deleting what is stored of one person, and setting how long anything is kept."""

from __future__ import annotations

import secrets
import uuid
from datetime import date

from survey import audit, clock
from survey.extensions import db
from survey.models import Questionnaire
from survey.privacy.queries import Found, invitations_of
from survey.processing import erasing, traces


def erase(found: Found, today: date) -> int:
    """Responses with all that was read out of them; of services the reference, and their unused links die.

    That a service was given and an invitation sent stays, without a name, for the share of answers.
    """
    erased = erasing.erase([response.id for response in found.responses], today)
    now = clock.now()
    for invitation in invitations_of(found.events):
        if invitation.used_at is None:
            invitation.token_hash, invitation.expires_at = secrets.token_hex(32), now
    for event in found.events:
        event.reference = f"erased-{uuid.uuid4().hex}"
    if found.events:
        traces.want()
        details = {"services": len(found.events), "reason": "on request"}
        audit.record(audit.Deed.ERASED, audit.Thing("responses"), details)
    db.session.flush()
    return erased


def keep(questionnaire: Questionnaire, responses: int | None, comments: int | None) -> None:
    """For so many months; None for ever."""
    questionnaire.responses_kept_months = responses
    questionnaire.comments_kept_months = comments
    db.session.flush()
