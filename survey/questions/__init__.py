"""The registry of question types: one module a type, one line here."""

from typing import Annotated

from pydantic import Field

from survey.questions.choice import Choice
from survey.questions.choices import Choices
from survey.questions.comment import CommentQuestion
from survey.questions.contact import Contact
from survey.questions.date import DateQuestion
from survey.questions.effort import Effort
from survey.questions.hundred import Hundred
from survey.questions.matrix import Matrix
from survey.questions.nps import Nps
from survey.questions.number import Number
from survey.questions.rating import Rating
from survey.questions.smiley import Smiley

AnyQuestion = Annotated[
    Rating
    | Smiley
    | Nps
    | Effort
    | Choice
    | Choices
    | Matrix
    | Hundred
    | CommentQuestion
    | Contact
    | DateQuestion
    | Number,
    Field(discriminator="type"),
]
