"""The form of a rule on figures, and the rule that it makes."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, Optional

from analysis.wording import metric_name
from survey.access import visible_unit
from survey.alerts.service import Wanted
from survey.alerts.watch import Watch
from survey.day_field import Day
from survey.errors import Invalid
from survey.figures import current, metrics_of, subjects
from survey.locales import LOCALES
from survey.models import Grain, Questionnaire, User
from survey.models.target import METRICS
from survey.results.forms import choices
from survey.rules.forms import CHOOSE, NEEDED, named
from survey.rules.wording import SEVERITIES
from survey.unit_fields import UnitField


class WatchForm(FlaskForm):
    names_en = named(_l("Name in English"))
    names_zh_Hans = named(_l("Name in Simplified Chinese"))
    names_zh_Hant = named(_l("Name in Traditional Chinese"))
    unit = UnitField(_l("Unit and all below it"), validate_choice=False)
    each = BooleanField(_l("Also each unit below it, by itself"))
    severity = SelectField(_l("Severity"), [DataRequired(CHOOSE)], choices=choices(*SEVERITIES.items()))
    measured = SelectField(_l("Question and figure"), [DataRequired(CHOOSE)])
    by = SelectField(
        _l("Looked at"),
        choices=choices((Grain.WEEK.value, _l("each week")), (Grain.MONTH.value, _l("each month"))),
        description=_l("When it is over, by all answers of that time."),
    )
    worse_only = BooleanField(_l("Only where it gets worse"))
    likely_only = BooleanField(_l("Only likely changes: several patterns must agree"))
    valid_from = Day(_l("Valid from"), [DataRequired(NEEDED)])
    valid_to = Day(_l("Valid to"), [Optional()])

    def offer(self, units: list[tuple[str, str]], measured: list[tuple[str, str]]) -> None:
        self.unit.choices = choices(*units)
        self.measured.choices = choices(("", _l("Please choose")), *measured)

    def wanted(self, kind: str, questionnaire: Questionnaire | None, person: User) -> Wanted:
        """Raises Missing for a unit that is not this person's."""
        code, _bar, metric = (self.measured.data or "").partition("|")
        given = {
            "watch": kind,
            "question": code,
            "metric": metric,
            "by": self.by.data,
            "each": self.each.data,
        }
        given |= {"worse_only": self.worse_only.data, "likely_only": self.likely_only.data}
        try:
            watch = Watch.model_validate(given)
        except ValueError:
            raise Invalid(_l("These conditions make no rule."), field="measured") from None
        return Wanted(
            names={one: self[f"names_{one}"].data for one in LOCALES if self[f"names_{one}"].data},
            questionnaire=questionnaire,
            unit=visible_unit(person, self.unit.data or ""),
            severity=self.severity.data,
            terms=watch,
            valid_from=self.valid_from.data or date.min,
            valid_to=self.valid_to.data,
        )


def filled(wanted: Wanted, watch: Watch) -> dict[str, Any]:
    found: dict[str, Any] = {f"names_{one}": wanted.names.get(one, "") for one in LOCALES}
    found |= {name: getattr(watch, name) for name in ("by", "each", "worse_only", "likely_only")}
    found |= {name: getattr(wanted, name) for name in ("severity", "valid_from", "valid_to")}
    return found | {"unit": wanted.unit.code, "measured": f"{watch.question}|{watch.metric}"}


def measurable(questionnaire: Questionnaire, kind: str, locale: str) -> list[tuple[str, str]]:
    """Of a chart the figure that the page of trends draws; of a target every figure that may have one."""
    version = current(questionnaire)
    found = []
    for subject in subjects(version).values() if version else ():
        if subject.track.scale is None:
            continue
        metrics = metrics_of(subject.track)
        for metric in metrics[:1] if kind == "signal" else [one for one in metrics if one in METRICS]:
            asked = subject.track.wording.say(locale, unit="…", service_type="…")
            found.append((f"{subject.code}|{metric}", f"{asked} · {metric_name(metric, locale)}"))
    return found
