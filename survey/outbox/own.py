"""Messages of the outbox itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from survey.outbox.registry import register

TEST = register(
    "test",
    title=_l("A test message"),
    sample={"sender": "Li Wei", "link": "https://survey.example.org/"},
)
