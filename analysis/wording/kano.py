"""Kano's classes, from pairs of answers or from scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.statistics.kano import Kano
from analysis.statistics.penalty_reward import PenaltyReward, Role
from analysis.wording.languages import phrase
from analysis.wording.told import Told, quoted

FEATURES = "MOAIRQ"  # the order in which classes are told
ROLES = (Role.BASIC, Role.PERFORMANCE, Role.EXCITEMENT)


def kano_told(features: Sequence[tuple[str, Kano]], locale: str) -> Told:
    """Which features are in which class; those whose class may be chance apart."""
    clear: dict[str, list[str]] = {}
    for label, one in features:
        if one.category and one.fong_significant:
            clear.setdefault(one.category, []).append(label)
    unclear = [label for label, one in features if one.category and not one.fong_significant]
    named = {phrase(locale, f"matters_kano_{name}"): clear[name] for name in FEATURES if name in clear}
    told = [
        phrase(locale, "matters_class", name=_capital(name), labels=quoted(labels, locale))
        for name, labels in named.items()
    ]
    if unclear:
        told.append(phrase(locale, "matters_kano_unclear", labels=quoted(unclear, locale)))
    return Told(_title(named, "matters_title_kano_unclear", locale), tuple(told))


def penalties_told(items: Sequence[tuple[str, PenaltyReward]], locale: str) -> Told:
    """Which questions are must-haves, work both ways or delight, each class explained."""
    found = {role: [label for label, one in items if one.role is role] for role in ROLES}
    told = [
        phrase(
            locale,
            "matters_class_explained",
            name=_capital(phrase(locale, f"matters_{role}")),
            explained=phrase(locale, f"matters_explained_{role}"),
            labels=quoted(labels, locale),
        )
        for role, labels in found.items()
        if labels
    ]
    named = {phrase(locale, f"matters_{role}"): labels for role, labels in found.items() if labels}
    return Told(_title(named, "matters_title_no_class", locale), tuple(told))


def _title(named: Mapping[str, Sequence[str]], otherwise: str, locale: str) -> str:
    """The first class and what is in it."""
    if not named:
        return phrase(locale, otherwise)
    name, labels = next(iter(named.items()))
    return phrase(locale, "matters_title_class", name=_capital(name), label=quoted(labels[:2], locale))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
