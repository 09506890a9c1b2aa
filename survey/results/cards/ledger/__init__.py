"""From the services listed to the valid answers."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.wording.languages import phrase
from survey.figures import InvitationLedger, invitation_ledger, responses_series
from survey.results.cards.card import Card
from survey.results.cards.ledger.days import of_these_days
from survey.results.cards.ledger.invitations import invited
from survey.results.cards.ledger.rates import rates
from survey.results.view import View


def ledger(view: View) -> Iterator[Card]:
    found = _invitations(view)
    if found is None:
        yield _none(view)
    elif found.stages is None:
        yield Card("invitations", phrase(view.locale, "ledger_title_hidden"), "", [], wide=True)
    else:
        yield invited(view, found, found.stages)
        if found.stages.sent:
            yield rates(view, found, found.stages)
    yield of_these_days(view)


def invited_somebody(view: View) -> bool:
    """Whether there is a ledger even where nobody answered."""
    return _invitations(view) is not None


def _invitations(view: View) -> InvitationLedger | None:
    responses = view.published, responses_series(view.version)
    return invitation_ledger(view.person, view.filters, view.timezone, view.seen, responses)


def _none(view: View) -> Card:
    told = [phrase(view.locale, name) for name in ("ledger_open_links", "ledger_none_todo")]
    return Card("invitations", phrase(view.locale, "ledger_title_none"), "", told, wide=True)
