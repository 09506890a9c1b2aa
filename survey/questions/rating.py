"""A rating on any scale of labelled points, the three-level one included."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from survey.questions.scored import Pointed


class Rating(Pointed):
    type: Literal["rating"] = "rating"
    called: ClassVar[Any] = _l("Rating")
