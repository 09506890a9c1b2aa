"""A questionnaire with every type of question, in three languages."""

from __future__ import annotations

from typing import Any


def text(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh_Hans": zh, "zh_Hant": zh}


def _points(*labels: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": text(*label)} for value, label in enumerate(labels, start=1)]


def _options(*labels: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"code": label[0].lower(), "label": text(*label)} for label in labels]


FIVE = _points(
    ("Very poor", "很差"), ("Poor", "差"), ("Neither", "一般"), ("Good", "好"), ("Very good", "很好")
)
THREE = _points(("Dissatisfied", "不满意"), ("Rather satisfied", "较为满意"), ("Very satisfied", "非常满意"))
LOW = {"question": "overall", "op": "at_most", "value": 2}

QUESTIONS: list[dict[str, Any]] = [
    {
        "type": "rating",
        "code": "overall",
        "wording": text("How was {unit}?", "您对{unit}的感受如何？"),
        "help": text("Think of your last visit only.", "请只考虑最近一次。"),
        "points": FIVE,
        "required": True,
        "not_applicable": True,
    },
    {"type": "comment", "code": "why", "wording": text("Why?", "为什么？"), "show_if": LOW, "required": True},
    {"type": "smiley", "code": "mood", "wording": text("And the waiting time?", "等候时间呢？")},
    {"type": "nps", "code": "nps", "wording": text("Recommend us?", "会推荐吗？"), "not_applicable": True},
    {"type": "effort", "code": "effort", "wording": text("It was easy.", "办理轻松。")},
    {
        "type": "choice",
        "code": "way",
        "wording": text("How did you come?", "您怎么来的？"),
        "options": _options(("Foot", "步行"), ("Bus", "公交"), ("Car", "自驾")),
    },
    {
        "type": "choices",
        "code": "good",
        "wording": text("What was good?", "哪些好？"),
        "options": _options(("Staff", "人员"), ("Rooms", "房间"), ("Food", "餐食")),
        "most": 2,
    },
    {
        "type": "matrix",
        "code": "ward",
        "wording": text("Please rate", "请评价"),
        "rows": [
            {"code": "place", "wording": text("The ward", "就诊环境")},
            {"code": "manner", "wording": text("Manner of the nurses", "护士行为举止")},
        ],
        "points": THREE,
        "not_applicable": True,
        "required": True,
    },
    {"type": "hundred", "code": "mark", "wording": text("Your mark", "请打分"), "not_applicable": True},
    {"type": "contact", "code": "reach", "wording": text("May we contact you?", "可以联系您吗？")},
    {"type": "date", "code": "day", "wording": text("When was it?", "何时？"), "not_applicable": True},
    {
        "type": "number",
        "code": "minutes",
        "wording": text("Minutes waited", "等候分钟"),
        "min": 0,
        "max": 600,
    },
    {"type": "comment", "code": "more", "wording": text("Anything else?", "还有吗？")},
]


def every_type(**given: Any) -> dict[str, Any]:
    return {
        "code": "every",
        "languages": ["en", "zh_Hans", "zh_Hant"],
        "title": text("Your stay", "住院满意度"),
        "intro": text("Two minutes.", "大约两分钟。"),
        "privacy": {
            "notice": text("Kept without your name.", "不记名保存。"),
            "consent": text("I agree that my answers are kept.", "我同意保存。"),
        },
        "sections": [{"code": "all", "title": text("Your visit", "就诊"), "questions": QUESTIONS}],
    } | given
