"""The unit says that a case is not its to answer for; somebody outside it decides."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from survey.cases.life import Step, locked, take, told
from survey.cases.service import settle
from survey.errors import Conflict, Forbidden
from survey.models import Appeal, Case, CaseHappened, CaseKind, CaseState, RoleName, Unit, User

JUDGES = (RoleName.ADMINISTRATOR, RoleName.QUALITY_MANAGER)


def appeal(case: Case, by: User, why: str, seen: int | None = None) -> None:
    """Once. The case goes on meanwhile: the customer does not wait for it."""
    locked(case, seen)
    if not case.is_running or case.kind == CaseKind.DRILL:
        raise Conflict(_l("This case is closed."))
    if case.appeal is not None:
        raise Conflict(_l("There was an appeal before."))
    case.appeal = Appeal.PENDING
    take(case, Step(CaseHappened.APPEALED, by, said={"text": told(why, "why")}))


def decide(
    case: Case, by: User, upheld: bool, why: str, to: Unit | None = None, seen: int | None = None
) -> None:
    """Upheld, the case goes to the unit that is to answer for it, or is closed where there is none."""
    locked(case, seen)
    if case.appeal != Appeal.PENDING:
        raise Conflict(_l("There is no appeal to be decided."))
    if by.role not in JUDGES:
        raise Forbidden
    said = {"text": told(why, "why")}
    case.appeal = Appeal.UPHELD if upheld else Appeal.REJECTED
    details: dict[str, bool | int] = {"upheld": upheld}
    state = None
    if upheld and to is not None and to.id != case.unit_id:
        details |= {"unit": to.id, "from_unit": case.unit_id}
        case.unit_id, case.owner_id, case.appeal = to.id, None, None
        state = CaseState.NOTIFIED if case.state in PASSED_ON else None
    elif upheld:
        state = CaseState.CLOSED
    take(case, Step(CaseHappened.DECIDED, by, state, said, details=details))
    if state == CaseState.CLOSED:
        settle(case, running=False)


PASSED_ON = frozenset({CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS, CaseState.WAITING})
