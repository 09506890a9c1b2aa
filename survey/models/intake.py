"""Imports that were started on a page and are done by the worker."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import At, Json, MaybeAt, RandomId


class Phase(StrEnum):
    CHECKING = "checking"  # the worker shall read everything and store nothing
    CHECKED = "checked"  # a person shall decide
    IMPORTING = "importing"  # the worker shall store
    DONE = "done"
    FAILED = "failed"  # the file or the map cannot be used; `failure` says why


class ImportRun(BaseModel):
    """One uploaded file on its way. The file itself lies in the folder of settings.data_dir/imports."""

    __tablename__ = "import_run"

    id: Mapped[RandomId]
    name: Mapped[str] = mapped_column(String(255))  # of the file, as the person's machine called it
    map: Mapped[str] = mapped_column(Text)  # TOML
    create_units: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[str] = mapped_column(String(12))
    rows: Mapped[int | None]  # of the file, once counted
    rows_read: Mapped[int] = mapped_column(default=0)
    report: Mapped[Json | None]  # counts of the last check or import, with a preview
    failure: Mapped[str | None] = mapped_column(Text)
    leased_until: Mapped[MaybeAt]  # a worker is at it
    created_at: Mapped[At]
    created_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    finished_at: Mapped[MaybeAt]
