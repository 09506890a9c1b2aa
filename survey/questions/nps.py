"""How likely somebody is to recommend, 0 to 10: the Net Promoter Score."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from survey.questions.scored import Scored
from survey.questions.texts import Text

LOW = Text({"en": "Not at all likely", "zh_Hans": "完全不可能", "zh_Hant": "完全不可能"})
HIGH = Text({"en": "Extremely likely", "zh_Hans": "非常可能", "zh_Hant": "非常可能"})


class Nps(Scored):
    type: Literal["nps"] = "nps"
    called: ClassVar[Any] = _l("Recommendation, 0–10")
    low: Text = LOW  # what 0 means
    high: Text = HIGH  # what 10 means
    usual_metric: ClassVar[str] = "nps"

    def points(self) -> dict[int, Text | None]:
        return dict.fromkeys(range(11))
