"""With the mail server and the clock of the outbox's tests."""

from tests.survey.outbox.conftest import mailing, postbox, watch

__all__ = ["mailing", "postbox", "watch"]
