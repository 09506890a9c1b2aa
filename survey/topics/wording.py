"""What is wrong with a term, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from analysis.topics import Fault

FAULTS: dict[Fault, Any] = {
    Fault.EMPTY: _l("Please write a word or a phrase."),
    Fault.TOO_LONG: _l("A term has at most 60 characters."),
    Fault.TOO_SHORT: _l("Please write at least two letters: this would be found nearly everywhere."),
    Fault.BAD_CHARACTER: _l(
        "Please write letters, digits and blanks only: other characters are never found."
    ),
    Fault.MISPLACED_STAR: _l(
        "“*” may only stand right after the letters of a word, as in “wait*”; Chinese needs none."
    ),
    Fault.MISPLACED_GAP: _l("“..” may stand once, between two parts, as in “took .. hour*” or “等..小时”."),
    Fault.BAD_CODE: _l("Please choose a topic from the list."),
    Fault.UNKNOWN_SUBTOPIC: _l("Please choose a topic from the list."),
    Fault.UNKNOWN_SECTOR: _l("Please choose a sector from the list."),
    Fault.TOO_MANY: _l("There are 2,000 terms already. Please end some before you add others."),
}
