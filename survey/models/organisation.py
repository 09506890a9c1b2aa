"""The tree of units and the service types. A unit's path holds the ids from the root down to itself."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import Code, Id, MaybeAt, Texts

KINDS = ("headquarters", "branch", "department")


class Unit(BaseModel):
    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_path", "path", postgresql_ops={"path": "text_pattern_ops"}),)

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="department")
    names: Mapped[Texts]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(255), default="")  # "/1/5/12/"; set by organisation.service
    position: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[MaybeAt]

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", back_populates="children")
    children: Mapped[list[Unit]] = relationship(back_populates="parent", order_by="Unit.position")

    @property
    def path_ids(self) -> list[int]:
        """From the root down to itself."""
        return [int(part) for part in self.path.strip("/").split("/") if part]

    def contains(self, other: Unit) -> bool:
        return other.path.startswith(self.path)


class ServiceType(BaseModel):
    __tablename__ = "service_type"

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(String(64), unique=True)
    names: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[MaybeAt]
