"""Is it changing: the control chart of the main question, and its moving average."""

from survey.results.cards.control.card import control_cards
from survey.results.cards.control.series import points_between, watched

__all__ = ["control_cards", "points_between", "watched"]
