"""Which tiers of customers raise the priority of a case."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel

LONGEST_TIER = 40  # characters


class CustomerTier(BaseModel):
    """A code of the organisation's own, such as "vip", and the priority of cases of such customers."""

    __tablename__ = "customer_tier"

    code: Mapped[str] = mapped_column(String(LONGEST_TIER), primary_key=True)
    priority: Mapped[int]  # as of a case, 1 to 3
