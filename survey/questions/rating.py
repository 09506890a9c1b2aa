"""A rating on any scale of labelled points, the three-level one included."""

from __future__ import annotations

from typing import Literal

from survey.questions.scored import Pointed


class Rating(Pointed):
    type: Literal["rating"] = "rating"
