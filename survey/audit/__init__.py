"""The audit trail. See docs/audit.md.

    audit.record(Deed.ERASED, Thing("responses", code), {"responses": 3})   the caller commits
    audit.saw(Deed.SAW, Thing("comments", code), {...})                     commits by itself, before anything is shown
    with audit.acting(audit.RESPONDENT): ...                                who acts, where nobody is signed in

Changes to the models in watched.py are recorded without being asked for.
"""

from survey.audit import recorder  # listens from now on
from survey.audit.actor import COMMAND_LINE, NOBODY, RESPONDENT, WORKER, Actor, acting, who
from survey.audit.chain import Broken, Head, canonical, head, verify
from survey.audit.pending import Thing, record
from survey.audit.seeing import saw, saw_figures, saw_first
from survey.models import Deed

__all__ = [
    "COMMAND_LINE",
    "NOBODY",
    "RESPONDENT",
    "WORKER",
    "Actor",
    "Broken",
    "Deed",
    "Head",
    "Thing",
    "acting",
    "canonical",
    "head",
    "record",
    "recorder",
    "saw",
    "saw_figures",
    "saw_first",
    "verify",
    "who",
]
