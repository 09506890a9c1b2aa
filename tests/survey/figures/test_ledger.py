"""The response ledger against a log of what really happened, in any order."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import true

from survey import clock
from survey.distribute import batches, invitations, issuing
from survey.extensions import db
from survey.figures import Filters, InvitationLedger, invitation_ledger, places, responses_series
from survey.figures.publication import Publication
from survey.models import Batch, Questionnaire
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.respond.visiting import Respondent

ZONE = "Asia/Shanghai"
HEADER = "reference,unit,service_type,when,language\n"
BAD = {
    "unit": "{n},nowhere,service-0,2026-05-04,en",
    "service_type": "{n},ward-0,gift,2026-05-04,en",
    "future": "{n},ward-0,service-0,2099-05-04,en",
    "reference": ",ward-0,service-0,2026-05-04,en",
    "when": "{n},ward-0,service-0,soon,en",
    "language": "{n},ward-0,service-0,2026-05-04,tlh",
}


class Log:
    """Plays events through the services and counts by itself what they were."""

    def __init__(self, place: Organisation, seed: int) -> None:
        self.place, self.chance = place, random.Random(seed)  # noqa: S311
        self.references = 0
        self.excluded: Counter[str] = Counter()
        self.repeats = self.completed = 0
        self.waiting: list[Batch] = []
        self.sent = 0
        self.links: list[str] = []
        self.known: list[str] = []

    def upload(self) -> None:
        rows = []
        for _ in range(self.chance.randrange(4, 12)):
            kind = self.chance.choice(["good"] * 5 + ["again", *BAD])
            self.references += 1
            if kind in BAD:
                rows.append(BAD[kind].format(n=f"B{self.references}"))
                self.excluded[kind] += 1
            elif kind == "again" and self.known:
                rows.append(self.chance.choice(self.known))
                self.repeats += 1
            else:
                ward = self.chance.randrange(4)
                row = f"A{self.references},ward-{ward},service-{ward % 2},2026-05-04 10:00,en"
                self.known.append(row)
                rows.append(row)
        now = clock.now()
        batch = Batch(questionnaire=self.place.questionnaire, channel="sms", created_at=now)
        batch.expires_at = now + timedelta(days=30)
        content = (HEADER + "\n".join(rows) + "\n").encode()
        invitations.make(content, batches.known(None, ZONE, now), batch)
        db.session.commit()
        self.waiting.append(batch)

    def issue(self) -> None:
        if not self.waiting:
            return
        batch = self.waiting.pop(self.chance.randrange(len(self.waiting)))
        out = io.StringIO()
        self.sent += issuing.issue(batch, true(), False, "", ZONE, out)
        self.links += [row["link"] for row in csv.DictReader(io.StringIO(out.getvalue()))]
        db.session.commit()

    def answer(self, client: FlaskClient) -> None:
        """At once, which is too fast for a person."""
        if self.links:
            link = self.links.pop(self.chance.randrange(len(self.links)))
            assert Respondent(client, link).open().send(staff=self.chance.choice("12345")).status_code == 303
            self.completed += 1

    def somebody(self) -> None:
        """A response by an open link with the channel of the invitations."""
        seconds = self.chance.choice([0, 90])
        self.place.answer(self.chance.randrange(4), 0, {"staff": 4}, channel="sms", seconds=seconds)
        process()

    def play(self, client: FlaskClient, events: int) -> None:
        for _ in range(events):
            what = self.chance.choice(["upload", "issue", "answer", "answer", "answer", "somebody"])
            self.answer(client) if what == "answer" else getattr(self, what)()


def ledger(questionnaire: Questionnaire, **given: object) -> InvitationLedger | None:
    today, seen = clock.today(ZONE), places(None)
    filters = Filters(questionnaire.id, today, today, **given)  # type: ignore[arg-type]
    version = questionnaire.published
    assert version is not None
    published = Publication(None, questionnaire.id, seen, 5)
    return invitation_ledger(None, filters, ZONE, seen, (published, responses_series(version)))


def check(log: Log, found: InvitationLedger) -> None:
    stages = found.stages
    assert stages is not None
    assert stages.excluded == log.excluded
    assert stages.sent == log.sent
    assert stages.completed == log.completed
    assert stages.eligible == sum(log.excluded.values()) + len(log.known)
    assert stages.eligible == sum(log.excluded.values()) + stages.not_sent + stages.sent
    assert stages.sent == stages.completed + stages.not_completed
    assert found.repeats == log.repeats
    if stages.valid:
        least, most = stages.valid
        assert least <= 0 <= most <= log.completed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_totals_add_up_after_any_order_of_uploads_issues_and_answers(any_app: Flask, seed: int) -> None:
    place = organisation()
    log = Log(place, seed)
    for _ in range(6):
        log.upload()
    for _ in range(4):
        log.play(any_app.test_client(), 10)
        process()
        found = ledger(place.questionnaire)
        assert found is not None
        check(log, found)


def test_with_personal_invitations_alone_the_valid_are_known_exactly(any_app: Flask) -> None:
    place = organisation()
    log = Log(place, 7)
    for _ in range(4):
        log.upload()
        log.issue()
    for _ in range(12):
        log.answer(any_app.test_client())
    process()
    found = ledger(place.questionnaire)
    assert found is not None
    assert found.stages is not None
    assert found.stages.set_aside == (12, 12)


def test_a_unit_has_its_own_rows_alone(any_app: Flask) -> None:
    place = organisation()
    log = Log(place, 3)
    for _ in range(8):
        log.upload()
        log.issue()
    whole = ledger(place.questionnaire)
    parts = [ledger(place.questionnaire, unit_path=unit.path) for unit in place.branches]
    assert whole is not None
    assert whole.stages is not None
    assert whole.stages.excluded is not None
    assert all(part and part.stages for part in parts)
    found = [part.stages for part in parts if part and part.stages]
    assert sum(stages.sent for stages in found) == whole.stages.sent
    assert all("unit" not in (stages.excluded or {}) for stages in found)
    others = {why: n for why, n in whole.stages.excluded.items() if why != "unit"}
    assert Counter(found[0].excluded) + Counter(found[1].excluded) == others


def test_a_file_from_before_exclusions_were_kept_leaves_them_unknown(any_app: Flask) -> None:
    place = organisation()
    place.invite(0, 0, 20, used=8, made_on=clock.today(ZONE))
    found = ledger(place.questionnaire)
    assert found is not None
    assert found.stages is not None
    assert (found.stages.excluded, found.stages.eligible, found.not_kept) == (None, None, 1)


def test_days_without_invitations_have_no_ledger(any_app: Flask) -> None:
    assert ledger(organisation().questionnaire) is None


def test_few_invitations_are_not_told(any_app: Flask) -> None:
    place = organisation()
    place.invite(0, 0, 4, used=2, made_on=clock.today(ZONE))
    found = ledger(place.questionnaire)
    assert found is None or found.stages is None
