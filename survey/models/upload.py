"""Files between their check and their use, so that any web machine can go on with them."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, deferred, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import At, Json, RandomId


class Upload(BaseModel):
    """Removed when used or thrown away, and after a day by the next upload or the daily cleaning."""

    __tablename__ = "upload"

    id: Mapped[RandomId]
    purpose: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(255))  # of the file, as the person's machine called it
    options: Mapped[Json] = mapped_column(default=dict)  # what was chosen beside the file
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))  # compressed with zlib
    created_at: Mapped[At]
    created_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
