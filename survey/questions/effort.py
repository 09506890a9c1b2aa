"""How far somebody agrees that it was easy, 1 to 7: the Customer Effort Score (CES 2.0)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field

from survey.questions.scored import Scored
from survey.questions.texts import Text

USUAL = tuple(
    Text({"en": en, "zh_Hans": hans, "zh_Hant": hant})
    for en, hans, hant in (
        ("Strongly disagree", "非常不同意", "非常不同意"),
        ("Disagree", "不同意", "不同意"),
        ("Somewhat disagree", "不太同意", "不太同意"),
        ("Neither", "说不清", "說不清"),
        ("Somewhat agree", "比较同意", "比較同意"),
        ("Agree", "同意", "同意"),
        ("Strongly agree", "非常同意", "非常同意"),
    )
)


class Effort(Scored):
    type: Literal["effort"] = "effort"
    called: ClassVar[Any] = _l("Effort, 1–7")
    labels: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7, strict=False)] = USUAL
    satisfied_from: int | None = 5
    usual_metric: ClassVar[str] = "ces"

    def points(self) -> dict[int, Text | None]:
        return dict(enumerate(self.labels, start=1))
