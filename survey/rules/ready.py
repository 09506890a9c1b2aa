"""Ready-made rules to begin with, and for whom each is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.models import Severity


@dataclass(frozen=True, slots=True)
class Ready:
    """`fields` are those of the form."""

    code: str
    names: Mapping[str, str]
    why: Any
    fields: Mapping[str, Any]


def _names(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"names_en": en, "names_zh_Hans": hans, "names_zh_Hant": hant}


READY: Sequence[Ready] = (
    Ready(
        "serious-words",
        _names("Serious words about safety", "涉及安全的严重留言", "涉及安全的嚴重留言"),
        _l("Self-harm, violence, abuse or danger: somebody must read it today."),
        {"alarms": ["self_harm", "violence", "abuse", "safety"], "severity": Severity.SERIOUS},
    ),
    Ready(
        "money",
        _names("Money or gifts asked for", "索要红包或财物", "索要紅包或財物"),
        _l("Whoever writes of red envelopes or private payments expects an answer from the management."),
        {"alarms": ["bribe"], "severity": Severity.SERIOUS},
    ),
    Ready(
        "legal",
        _names("Threat of law, authorities or the press", "扬言诉讼、举报或曝光", "揚言訴訟、檢舉或爆料"),
        _l("A word in time may settle what otherwise ends before the regulator."),
        {"alarms": ["legal"], "severity": Severity.ORDINARY, "most": 5},
    ),
    Ready(
        "dignity",
        _names("Dignity or discrimination", "尊严受损或歧视", "尊嚴受損或歧視"),
        _l("Humiliation, discrimination and broken confidence hurt longer than waiting."),
        {"alarms": ["dignity"], "severity": Severity.ORDINARY, "most": 5},
    ),
    Ready(
        "detractor-contact",
        _names("Detractor asks to be contacted", "贬损者希望与其联系", "批評者希望與其聯絡"),
        _l("Unhappy, and willing to talk: the best moment to win somebody back."),
        {"detractor": True, "contact": True, "severity": Severity.ORDINARY},
    ),
    Ready(
        "contact",
        _names("Asks to be contacted", "希望与其联系", "希望與其聯絡"),
        _l("Whoever leaves contact details waits for a call."),
        {"contact": True, "severity": Severity.ORDINARY},
    ),
    Ready(
        "outage",
        _names("Many write of an outage", "集中反映停电或断网", "集中反映停電或斷網"),
        _l("Five messages of one place within a day are one incident: one alert says how many."),
        {
            "words": "停电\n断电\n跳闸\n断网\n没信号\noutage\npower cut\nno signal\nno internet",
            "severity": Severity.ORDINARY,
            "at_least": 5,
            "within_days": 1,
        },
    ),
    Ready(
        "several-negative",
        _names("Several negative comments within a week", "一周内多条负面留言", "一週內多則負面留言"),
        _l("One may be chance; five of one unit within seven days ask for a look."),
        {"negative": True, "severity": Severity.ATTENTION, "at_least": 5, "within_days": 7},
    ),
)


def ready(code: str) -> Ready | None:
    return next((one for one in READY if one.code == code), None)
