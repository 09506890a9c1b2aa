"""Writing, changing and switching rules: each is one more event, nothing is overwritten. Callers commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import audit, clock
from survey.alerts.active import terms_of
from survey.alerts.terms import Terms
from survey.alerts.watch import Watch, watch_of
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.figures import current, issued
from survey.locales import LOCALES, say
from survey.models import Questionnaire, Rule, RuleEvent, RuleHappened, Severity, Unit, User
from survey.questions.definition import Definition, definition_of

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule as somebody wrote it."""

    names: Mapping[str, str]
    questionnaire: Questionnaire | None  # None: every one
    unit: Unit  # with all below it
    severity: str
    terms: Terms | Watch
    valid_from: date
    valid_to: date | None = None
    most: int | None = None
    most_days: int = 1

    @classmethod
    def of(cls, event: RuleEvent) -> Wanted:
        return cls(
            event.names,
            event.questionnaire,
            event.unit,
            event.severity,
            watch_of(event.terms) or terms_of(event.terms),
            event.valid_from,
            event.valid_to,
            event.most,
            event.most_days,
        )

    @property
    def conditions(self) -> Terms:
        """Of a rule on responses."""
        if isinstance(self.terms, Watch):
            raise TypeError("a rule on figures has no conditions on responses")
        return self.terms

    def columns(self) -> dict[str, Any]:
        return {
            "names": dict(self.names),
            "questionnaire_id": self.questionnaire.id if self.questionnaire else None,
            "unit_id": self.unit.id,
            "severity": self.severity,
            "terms": self.terms.model_dump(mode="json"),
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "most": self.most,
            "most_days": self.most_days,
        }

    def told(self) -> dict[str, Any]:
        """For the audit trail."""
        found = self.columns()
        return found | {
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
        }


def write(wanted: Wanted, person: User | None) -> Rule:
    """Switched off, so that it can be tried first."""
    check(wanted)
    rule = Rule(written_at=clock.now())
    db.session.add(rule)
    db.session.flush()
    _add(rule, 1, RuleHappened.WRITTEN, wanted, False, person)
    audit.record(audit.Deed.CREATED, _thing(rule), {"new": wanted.told()})
    return rule


def change(rule: Rule, wanted: Wanted, person: User | None) -> None:
    """Raises Invalid where nothing differs."""
    check(wanted)
    before = _last(rule)
    old, new = Wanted.of(before).told(), wanted.told()
    differs = [name for name in old if old[name] != new[name]]
    if not differs:
        raise Invalid(_l("Nothing is changed yet."), field="severity")
    _add(rule, before.number + 1, RuleHappened.CHANGED, wanted, before.active, person)
    told = {name: {key: of[key] for key in differs} for name, of in (("old", old), ("new", new))}
    audit.record(audit.Deed.CHANGED, _thing(rule), told)


def switch(rule: Rule, on: bool, person: User | None) -> None:
    """Raises Conflict where it is so already."""
    before = _last(rule)
    if before.active == on:
        raise Conflict(
            _l("The rule is switched on already.") if on else _l("The rule is switched off already.")
        )
    kind = RuleHappened.SWITCHED_ON if on else RuleHappened.SWITCHED_OFF
    _add(rule, before.number + 1, kind, Wanted.of(before), on, person)
    audit.record(audit.Deed.RESUMED if on else audit.Deed.PAUSED, _thing(rule), {})


def definitions(questionnaire: Questionnaire | None) -> Iterator[Definition]:
    """What is asked now, by it or by every one that was issued."""
    for one in [questionnaire] if questionnaire else issued():
        version = current(one)
        if version is not None:
            yield definition_of(version)


def check(wanted: Wanted) -> None:
    """Raises Invalid for a rule that means nothing."""
    if not any(wanted.names.get(locale) for locale in LOCALES):
        raise Invalid(_l("Please give it a name."), field="names_en")
    if wanted.severity not in set(Severity):
        raise Invalid(_l("Please choose one."), field="severity")
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise Invalid(_l("The last day lies before the first one."), field="valid_to")


def _last(rule: Rule) -> RuleEvent:
    """What holds; whoever changes it at the same time waits."""
    db.session.execute(select(Rule.id).where(Rule.id == rule.id).with_for_update())
    db.session.refresh(rule, ["events"])
    return rule.now


def _add(
    rule: Rule, number: int, kind: RuleHappened, wanted: Wanted, active: bool, person: User | None
) -> None:
    db.session.add(
        RuleEvent(
            rule_id=rule.id,
            number=number,
            kind=kind,
            at=clock.now(),
            by_id=person.id if person else None,
            active=active,
            **wanted.columns(),
        )
    )
    db.session.flush()
    db.session.refresh(rule, ["events"])


def _thing(rule: Rule) -> audit.Thing:
    now = rule.now
    return audit.Thing("alert_rule", str(rule.id), say(now.names, "en")[:LONGEST_NAME], now.unit_id)
