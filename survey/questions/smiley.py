"""Three or five faces, from the saddest to the happiest."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from survey.questions.problems import Problems, problem
from survey.questions.scored import Scored
from survey.questions.texts import Text

FIVE = tuple(
    Text({"en": en, "zh_Hans": hans, "zh_Hant": hant})
    for en, hans, hant in (
        ("Very dissatisfied", "很不满意", "很不滿意"),
        ("Dissatisfied", "不满意", "不滿意"),
        ("Neither", "一般", "一般"),
        ("Satisfied", "满意", "滿意"),
        ("Very satisfied", "很满意", "很滿意"),
    )
)
USUAL = {3: FIVE[1:4], 5: FIVE}


class Smiley(Scored):
    type: Literal["smiley"] = "smiley"
    called: ClassVar[Any] = _l("Faces")
    faces: Literal[3, 5] = 5
    labels: Annotated[tuple[Text, ...], Field(strict=False)] | None = None  # from the saddest on

    @model_validator(mode="after")
    def _label_each_face(self) -> Self:
        if self.labels is not None and len(self.labels) != self.faces:
            raise Problems(problem("labels_count", "labels", count=self.faces))
        return self

    def points(self) -> dict[int, Text | None]:
        return dict(enumerate(self.labels or USUAL[self.faces], start=1))
