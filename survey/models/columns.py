"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, String, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column
from uuid_utils.compat import uuid7


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps it without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

Id = Annotated[int, mapped_column(primary_key=True)]
OrderedId = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid7)]
RandomId = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]
At = Annotated[datetime, mapped_column(Instant)]
MaybeAt = Annotated[datetime | None, mapped_column(Instant)]
Texts = Annotated[Mapping[str, str], mapped_column(Document)]  # one text a locale
Json = Annotated[Any, mapped_column(Document)]
Code = Annotated[str, mapped_column(String(64))]
Locale = Annotated[str, mapped_column(String(8))]
ChannelCode = Annotated[str, mapped_column(String(16))]
