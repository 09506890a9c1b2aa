"""The sentiment of a comment, in English and in both Chinese scripts.

To be imported by the worker only: NLTK beside SciPy takes seconds to load (see english.py).
"""

from .score import VERSION, polarity
from .types import Label, Polarity, Span

__all__ = ["VERSION", "Label", "Polarity", "Span", "polarity"]
