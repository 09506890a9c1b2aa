"""The demonstration's rules: switched on a week ago, so that there are alerts and cases of what was said since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from survey.alerts import service
from survey.alerts.terms import Terms
from survey.demo.case_texts import Names, named
from survey.extensions import db
from survey.models import Questionnaire, Severity, Unit

SINCE = timedelta(days=7)
# unit, questionnaire, severity, names, terms
RULES: tuple[tuple[str, str | None, Severity, Names, dict[str, Any]], ...] = (
    (
        "group", None, Severity.SERIOUS,
        named("涉及安全或红包的留言", "涉及安全或紅包的留言", "Words about safety or money asked for"),
        {"parts": [{"kind": "alarm", "any_of": ["self_harm", "violence", "abuse", "safety", "bribe"]}]},
    ),
    (
        "hospital", "ward-five", Severity.ORDINARY,
        named("服务态度不满意并留下批评", "服務態度不滿意並留下批評", "Unhappy with the nurses’ manner, and says why"),
        {"parts": [{"kind": "rating", "question": "attitude", "worst": 1}, {"kind": "negative"}]},
    ),
    (
        "power", None, Severity.ATTENTION,
        named("一周内多条负面留言", "一週內多則負面留言", "Several negative comments within a week"),
        {"parts": [{"kind": "negative"}], "at_least": 5, "within_days": 7},
    ),
)  # fmt: skip


def watch(ids: Mapping[str, int], questionnaires: Mapping[str, int], last: date) -> None:
    """Before the responses are processed. The caller commits."""
    for unit, questionnaire, severity, names, terms in RULES:
        about = db.session.get(Questionnaire, questionnaires[questionnaire]) if questionnaire else None
        wanted = service.Wanted(
            unit=db.session.get_one(Unit, ids[f"unit:{unit}"]),
            terms=Terms.model_validate(terms),
            names=names,
            questionnaire=about,
            severity=severity,
            valid_from=last - SINCE,
        )
        service.switch(service.write(wanted, None), True, None)
