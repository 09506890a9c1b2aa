"""What to tell of many comments in few words: which topics matter most, and which comments say it best.

By rules that are stated and the same for everybody; nothing is written by a machine. Without NLTK, so that web processes may
import it.
"""

from analysis.summary.matters import FEWEST, Kind, Matter, what_matters
from analysis.summary.telling import LONGEST, NEWEST, SHORTEST, Said, telling

__all__ = [
    "FEWEST",
    "LONGEST",
    "NEWEST",
    "SHORTEST",
    "Kind",
    "Matter",
    "Said",
    "telling",
    "what_matters",
]
