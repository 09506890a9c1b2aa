"""Hides who is named in a comment: names, telephone numbers, numbers of persons and beds, e-mail, addresses.

Rules and lists of our own, for English and both Chinese scripts; nothing is learnt, nothing looked up elsewhere.
"""

from .mask import LONGEST, VERSION, mask
from .types import Hidden, Kind, Masked, Span, moved, unmask

__all__ = ["LONGEST", "VERSION", "Hidden", "Kind", "Masked", "Span", "mask", "moved", "unmask"]
