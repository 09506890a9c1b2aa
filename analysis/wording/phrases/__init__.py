"""The phrases of each subject in all three languages. A new subject is one module and one name here."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.wording.phrases import (
    actions,
    cases,
    compared,
    control,
    fairly,
    instrument,
    ledger,
    matters,
    published_figure,
    report,
    targets,
    topics,
    weights,
)

SUBJECTS: tuple[Mapping[str, Mapping[str, str]], ...] = (
    actions.TEXTS,
    cases.TEXTS,
    compared.TEXTS,
    control.TEXTS,
    fairly.TEXTS,
    ledger.TEXTS,
    instrument.TEXTS,
    matters.TEXTS,
    published_figure.TEXTS,
    report.TEXTS,
    targets.TEXTS,
    topics.TEXTS,
    weights.TEXTS,
)
