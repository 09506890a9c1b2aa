"""NLTK without scikit-learn: `import nltk` takes it in where it is installed, for a class that is not used here,
and a worker would take three seconds and 100 MB more. It must be imported before anything of nltk."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_ABSENT = "sklearn"


def lean(name: str) -> Any:
    """The module of this name, nltk's first import being told that there is no scikit-learn."""
    if "nltk" in sys.modules or _ABSENT in sys.modules:
        return import_module(name)
    sys.modules[_ABSENT] = None  # type: ignore[assignment]
    try:
        return import_module(name)
    finally:
        del sys.modules[_ABSENT]
