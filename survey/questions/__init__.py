"""The registry of question types: one module a type, one line here."""

from typing import Annotated

from pydantic import Field

from survey.questions.comment import CommentQuestion
from survey.questions.rating import Rating

AnyQuestion = Annotated[Rating | CommentQuestion, Field(discriminator="type")]
