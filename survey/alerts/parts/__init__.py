"""The registry of conditions: one module a kind, one line here."""

from typing import Annotated

from pydantic import Field

from survey.alerts.parts.alarm import Alarm
from survey.alerts.parts.base import Part, Reason
from survey.alerts.parts.contact import Contact
from survey.alerts.parts.detractor import Detractor
from survey.alerts.parts.negative import Negative
from survey.alerts.parts.rating import Rating
from survey.alerts.parts.words import Words

AnyPart = Annotated[Rating | Detractor | Negative | Alarm | Words | Contact, Field(discriminator="kind")]

__all__ = [
    "Alarm",
    "AnyPart",
    "Contact",
    "Detractor",
    "Negative",
    "Part",
    "Rating",
    "Reason",
    "Words",
]
