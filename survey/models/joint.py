"""Stored joint counts: of each month, unit and service type, how many gave each pair of answers to a version.

Counts only, as `analysis/statistics/burt.py` packs them; processing/joint_layout.py says which level has which place.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel


class JointTally(BaseModel):
    """With service type ANY_SERVICE the sum over all. What is read together lies together in the key."""

    __tablename__ = "joint_tally"

    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    responses: Mapped[int]
    counts: Mapped[bytes] = mapped_column(LargeBinary)


class KeptJoint(BaseModel):
    """What responses counted that retention has removed: part of the joint tallies; a recount begins with it."""

    __tablename__ = "kept_joint"

    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    responses: Mapped[int]
    counts: Mapped[bytes] = mapped_column(LargeBinary)
