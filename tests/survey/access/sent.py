"""What is sent to the doors that take more than a field or two."""

from __future__ import annotations

ACTION = {
    "title": "Rounds at noon",
    "measured": "staff|csat",
    "starts_on": "2026-02-02",
    "direction": "up",
    "expected": "five points more",
    "responsible": "the head",
}
TARGET = {"measured": "staff|csat", "value": "85", "valid_from": "2027-01-01", "valid_to": "2027-12-31"}
TURN = {
    "tier": "deputy",
    "person": "staff-of-mine@example.org",
    "hours": "working",
    "weekdays": "0",
    "every": "1",
    "first_on": "2027-01-01",
    "last_on": "",
}
LIMIT = {"serious_acknowledge": "20", "serious_acknowledge_unit": "clock_minutes"}
REPLY = {"said_en": "The corridor was cold", "did_en": "We have mended the heating", "done_on": "2026-02-02"}
RULE = {
    "names_en": "Unhappy people",
    "severity": "ordinary",
    "match": "all",
    "rating": "staff|1",
    "at_least": "1",
    "within_days": "1",
    "most_days": "1",
    "valid_from": "2026-01-01",
    "sure": "y",
}
