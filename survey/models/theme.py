"""New themes: phrases on the rise that no topic covers, as the worker found them last, and what people hid of them."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import At, Id, Json, MaybeAt

PHRASE_LENGTH = 60  # as a term of a topic


class ThemeSearch(BaseModel):
    """The newest search in the comments of a questionnaire in one language; earlier ones are not kept."""

    __tablename__ = "theme_search"
    __table_args__ = (UniqueConstraint("questionnaire_id", "language"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[MaybeAt]  # by a person; the worker forgets it when it has looked
    made_at: Mapped[MaybeAt]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    n: Mapped[int] = mapped_column(default=0)  # comments with content
    n_before: Mapped[int] = mapped_column(default=0)  # of the period before; 0 where it may not be told
    tested: Mapped[int] = mapped_column(default=0)  # phrases
    selected: Mapped[int] = mapped_column(default=0)  # that differ, fallen ones too

    themes: Mapped[list[Theme]] = relationship(
        order_by="Theme.id", cascade="all, delete-orphan", back_populates="search"
    )


class Theme(BaseModel):
    """A phrase that was found, the surest first."""

    __tablename__ = "theme"

    id: Mapped[Id]
    search_id: Mapped[int] = mapped_column(ForeignKey("theme_search.id"), index=True)
    phrase: Mapped[str] = mapped_column(String(PHRASE_LENGTH))  # does as a term of a topic
    written: Mapped[str] = mapped_column(String(2 * PHRASE_LENGTH))  # as a comment has it
    count: Mapped[int]
    count_before: Mapped[int]
    p: Mapped[float]
    p_adjusted: Mapped[float]
    comments: Mapped[Json]  # [response, question code] of the newest, of which examples are chosen

    search: Mapped[ThemeSearch] = relationship(back_populates="themes")


class HiddenTheme(BaseModel):
    """A phrase that somebody holds for no theme: not offered again for this questionnaire."""

    __tablename__ = "hidden_theme"
    __table_args__ = (UniqueConstraint("questionnaire_id", "language", "phrase"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    language: Mapped[str] = mapped_column(String(2))
    phrase: Mapped[str] = mapped_column(String(PHRASE_LENGTH))
    hidden_at: Mapped[At]
    hidden_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
