"""The forms of a case, one a step."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from survey.cases.texts import LONGEST
from survey.casework.wording import CONTACTS, PRIORITIES, TOLD, WAYS
from survey.cells import clean
from survey.distribute.forms import choices
from survey.models import LONGEST_TIER
from survey.results.forms import Day
from survey.unit_fields import UnitField

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")
REACHED = "reached"
RESULTS = {REACHED: _l("Reached"), "no_answer": _l("Not reached, to be tried again")} | CONTACTS


def _text(label: Any, hint: Any = "", needed: bool = True, rows: int = 3) -> TextAreaField:
    return TextAreaField(
        label,
        [
            DataRequired(NEEDED) if needed else Optional(),
            Length(max=LONGEST, message=_l("At most %(n)s characters.", n=LONGEST)),
        ],
        filters=[lambda text: clean((text or "").strip())],
        description=hint,
        render_kw={"rows": str(rows)},
    )


def _choice(label: Any, known: Any = None, hint: Any = "") -> SelectField:
    pairs = choices([("", _l("Please choose"))] + list((known or {}).items()))
    return SelectField(label, [DataRequired(CHOOSE)], choices=pairs, description=hint)


class StepForm(FlaskForm):
    seen = HiddenField()  # the number of the last event that was on the page

    @property
    def last_seen(self) -> int | None:
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class AcknowledgeForm(StepForm):
    problem = _text(_l("What is the matter?"), _l("In your own words, as you understood it."))
    promise = _text(_l("What will you do, and by when?"))


class ContactForm(StepForm):
    how = _choice(_l("How"), WAYS)
    result = _choice(_l("Result"), RESULTS)
    text = _text(_l("What was said"), needed=False)


class AnswerForm(StepForm):
    to = SelectField(_l("To whom"), validate_choice=True)
    text = _text(
        _l("Your answer to the customer"),
        _l("It is read behind the receipt. Name nobody, quote nobody."),
    )


class StartForm(StepForm):
    text = _text(_l("Note"), needed=False, rows=2)


class WaitForm(StepForm):
    what = _text(
        _l("What do you need from the customer?"), _l("The customer reads it behind the receipt."), rows=2
    )
    until = Day(_l("Until"), [DataRequired(CHOOSE)], description=_l("After this day the case is overdue."))


class ResolveForm(StepForm):
    cause = _choice(_l("Cause"), hint=_l("Why it came to this, as precisely as you know."))
    measure = _text(_l("Measure"), _l("What was done so that it does not happen again."))
    outcome = _text(_l("Outcome"), _l("What came of it for the customer."))


class VerifyForm(StepForm):
    text = _text(_l("By what do you see that it is resolved?"), rows=2)


class CloseForm(StepForm):
    evidence = _text(_l("Evidence"), _l("By what one sees that the measure was taken."))
    told_on = Day(_l("The customer was told on"), [DataRequired(CHOOSE)])
    told_how = _choice(
        _l("How"),
        TOLD,
        _l("“Could not be told” where nobody knows who it is and the receipt was never used."),
    )


class WhyForm(StepForm):
    why = _text(_l("Why?"), rows=2)


class NoteForm(StepForm):
    text = _text(_l("Note"), _l("For colleagues; the customer does not see it."), rows=2)


class AssignForm(StepForm):
    to = _choice(_l("Hand over to"))


class PriorityForm(StepForm):
    priority = _choice(_l("Priority"), {str(at): name for at, name in enumerate(PRIORITIES)})


class InvolveForm(WhyForm):
    unit = UnitField(_l("Unit"), [DataRequired(CHOOSE)])


class DecideForm(WhyForm):
    upheld = _choice(
        _l("Decision"),
        {"yes": _l("Upheld: the unit need not answer for it"), "no": _l("Rejected: it stays where it is")},
    )
    unit = UnitField(_l("Pass it on to"), description=_l("Without a unit an upheld appeal closes the case."))


class MergeForm(WhyForm):
    into = _choice(_l("Into which case"))


class FileForm(StepForm):
    file = FileField(_l("File"), description=_l("A PNG or JPEG picture or a PDF file of at most 2 MB."))


class TierForm(FlaskForm):
    code = StringField(
        _l("Customer tier"),
        [DataRequired(NEEDED), Length(max=LONGEST_TIER)],
        filters=[lambda text: clean((text or "").strip())],
        description=_l("As the files of service events and imports write it, such as vip."),
        render_kw={"maxlength": str(LONGEST_TIER)},
    )
    priority = _choice(
        _l("Priority"),
        {str(at): name for at, name in enumerate(PRIORITIES)},
        _l("“Usual” takes the tier out of the list."),
    )


class CauseForm(FlaskForm):
    zh_hans = StringField("简体中文", [Length(max=80)], filters=[lambda text: clean((text or "").strip())])
    zh_hant = StringField("繁體中文", [Length(max=80)], filters=[lambda text: clean((text or "").strip())])
    en = StringField("English", [Length(max=80)], filters=[lambda text: clean((text or "").strip())])
    parent = SelectField(_l("Below"), validate_choice=True)

    @property
    def names(self) -> dict[str, str]:
        given = {"zh_Hans": self.zh_hans.data, "zh_Hant": self.zh_hant.data, "en": self.en.data}
        return {locale: str(name) for locale, name in given.items() if name}
