"""What administrators decide about all messages: how many respondents get, and how long texts are kept."""

from __future__ import annotations

from dataclasses import dataclass

from survey.channels import kept

_NAME = "rules"
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Rules:
    most_a_month: int | None = None  # to one address without an account; None: no limit
    kept_days: int = KEPT_DAYS


def current() -> Rules:
    found = kept.of_channel(_NAME)
    most = found.get("most_a_month", "")
    return Rules(int(most) if most else None, int(found.get("kept_days") or KEPT_DAYS))


def keep(rules: Rules) -> None:
    """The caller commits."""
    most = "" if rules.most_a_month is None else str(rules.most_a_month)
    kept.keep_of_channel(_NAME, {"most_a_month": most, "kept_days": str(rules.kept_days)})
