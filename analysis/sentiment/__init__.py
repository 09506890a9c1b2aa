"""The sentiment of comments, in English and in both Chinese scripts.

To be imported by the worker only: NLTK beside SciPy takes seconds to load (see english.py).
"""

from .classifying import classify
from .score import VERSION
from .types import Label, Sentiment, Span

__all__ = ["VERSION", "Label", "Sentiment", "Span", "classify"]
