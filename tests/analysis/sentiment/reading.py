"""One comment at a time, as the tests ask."""

from __future__ import annotations

from analysis.sentiment import Sentiment, classify


def read(text: str, language: str | None = None, purpose: str | None = None) -> Sentiment:
    return classify([text], [language], [purpose])[0]
