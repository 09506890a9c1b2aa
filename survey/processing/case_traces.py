"""What cases keep of responses that go: that there were cases, their times, causes and counts. No text.

What was written in the course of a case may repeat what the customer said: texts and files go with the answers.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select

from survey.extensions import db
from survey.models import CaseEvidence, CaseResponse, CaseText
from survey.processing import letter_traces

QUIET = {"synchronize_session": False}


def forget_texts(ids: Sequence[uuid.UUID]) -> None:
    """Of the cases that speak of these responses. Where a case speaks of others too, its texts cannot be told apart."""
    letter_traces.forget(ids)
    cases = select(CaseResponse.case_id).where(CaseResponse.response_id.in_(ids))
    db.session.execute(delete(CaseText).where(CaseText.case_id.in_(cases)), execution_options=QUIET)
    db.session.execute(delete(CaseEvidence).where(CaseEvidence.case_id.in_(cases)), execution_options=QUIET)


def forget(ids: Sequence[uuid.UUID]) -> None:
    """The responses too."""
    forget_texts(ids)
    db.session.execute(delete(CaseResponse).where(CaseResponse.response_id.in_(ids)), execution_options=QUIET)
