"""How to reach the person, if he or she wants to be reached. Never required, and given only with consent.

The details stand in the answer as they were typed until the worker has sealed them; from then on a token stands in
their place (processing/originals.py). No figure, page or export ever holds more than the tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from pydantic import Field

from analysis.masking import Kind
from survey.questions.base import ANSWERED, Answer, AnswerError, Column, Form, Question
from survey.questions.comment import clean
from survey.questions.texts import Text

Part = Literal["name", "email", "phone"]
WAYS = ("email", "phone")  # to reach somebody; a name alone reaches nobody
AGREED = "agreed"
LONGEST = 120  # characters
TOKENS = {part: Kind(part).token for part in ("name", *WAYS)}

_NAMES = {
    "name": Text({"en": "Name", "zh_Hans": "姓名", "zh_Hant": "姓名"}),
    "email": Text({"en": "E-mail", "zh_Hans": "电子邮箱", "zh_Hant": "電子郵件"}),
    "phone": Text({"en": "Telephone", "zh_Hans": "电话", "zh_Hant": "電話"}),
}
_CONSENT = Text(
    {
        "en": "Use these details to answer me, and for nothing else. With them my answers are not anonymous.",
        "zh_Hans": "以上联系方式仅用于回复我的意见。我知道，填写后本次答卷不再匿名。",
        "zh_Hant": "以上聯絡方式僅用於回覆我的意見。我知道，填寫後本次答卷不再匿名。",
    }
)
_PHONE = re.compile(r"\+?[0-9]{5,20}")


class Contact(Question):
    type: Literal["contact"] = "contact"
    called: ClassVar[Any] = _l("Contact details")
    may_ask_for_contact: ClassVar[bool] = True
    required: Literal[False] = False
    not_applicable: Literal[False] = False
    parts: Annotated[tuple[Part, ...], Field(min_length=1, strict=False)] = ("name", "email", "phone")
    consent: Text = _CONSENT

    AGREE: ClassVar[Any] = _l("Please tick the box, so that we may contact you, or leave these fields empty.")
    REACH: ClassVar[Any] = _l("Please say how we can reach you: an e-mail address or a telephone number.")

    def label(self, part: str) -> Text:
        return _NAMES[part]

    def read(self, form: Form) -> Answer | None:
        """The details under `question.part`; the box without details asks for them, details without the box for it."""
        given = {part: " ".join(form.getlist(f"{self.code}.{part}")).strip() for part in self.parts}
        given = {part: text for part, text in given.items() if text}
        agreed = form.getlist(f"{self.code}.{AGREED}") == ["yes"]
        if not given and not agreed:
            return None
        answer = self.check(given)
        if not agreed:
            raise AnswerError(self.AGREE)
        return answer

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, dict) or not answer.keys() <= set(self.parts):
            raise AnswerError(self.UNKNOWN)
        if not all(isinstance(text, str) for text in answer.values()):
            raise AnswerError(self.UNKNOWN)
        if not answer.keys() & set(WAYS):
            raise AnswerError(self.REACH)
        return {part: _tidy(part, answer[part]) for part in self.parts if part in answer}

    def may_give(self, value: Any) -> bool:
        return False

    def values(self, answer: Answer) -> Iterable[str]:
        yield ANSWERED

    def asks_for_contact(self, answer: Answer | None) -> bool:
        return bool(answer)

    def ways_to_reach(self, answer: Answer | None) -> Mapping[str, str]:
        """None where a token stands in the place of the details; they are stored with consent only."""
        given = answer if isinstance(answer, dict) else {}
        return {way: given[way] for way in WAYS if given.get(way) and given[way] != TOKENS[way]}

    def withheld(self, answer: Answer) -> Answer:
        return {part: TOKENS[part] for part in answer} if isinstance(answer, dict) else answer

    # --- exported: that something was given, never what -----------------------------------------
    def columns(self) -> list[Column]:
        return [Column(f"{self.code}.{part}", self.label(part)) for part in self.parts]

    def cells(self, answer: Answer | None, locale: str | None) -> list[Any]:
        return [TOKENS[part] if part in (answer or {}) else None for part in self.parts]

    def own_cells(self, answer: Answer, locale: str) -> list[Any]:
        given = answer if isinstance(answer, dict) else {}
        return [given.get(part) for part in self.parts]

    def from_cells(self, cells: Mapping[str, str]) -> Any:
        return {name.removeprefix(f"{self.code}."): text for name, text in cells.items()}


def _tidy(part: str, given: str) -> str:
    """As it is stored. Raises AnswerError for what reaches nobody."""
    text = clean(unicodedata.normalize("NFKC", clean(given))).strip()
    if text == TOKENS[part]:
        return text
    if not text or len(text) > LONGEST:
        raise AnswerError(_l("Please give %(most)s characters at most.", most=LONGEST))
    if part == "email":
        return _address(text)
    return _number(text) if part == "phone" else text


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, globally_deliverable=False).normalized
    except EmailNotValidError:
        raise AnswerError(_l("Please check the e-mail address.")) from None


def _number(text: str) -> str:
    digits = re.sub(r"[\s().\-/]", "", text)
    if not _PHONE.fullmatch(digits):
        raise AnswerError(_l("Please check the telephone number."))
    return digits
