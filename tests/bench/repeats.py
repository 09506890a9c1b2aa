"""One form sent eight times at once; one personal link opened and answered on sixteen devices at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db, reading
from survey.models import Response
from tests.bench.clients import Answer, Client, Target, once, together
from tests.bench.installation import Installation
from tests.bench.visits import body, receipt_in
from tests.survey.respond.visiting import invited

TIMES, DEVICES = 8, 16


def same_form(made: Installation, path: str, forms: int) -> int:
    """How many forms did not become exactly one response with one receipt."""
    wrong = 0
    for number in range(forms):
        mark = f"form {number} sent again and again"
        form = body(once(made.target, path), mark)
        answers = _at_once(made.target, path, [form] * TIMES)
        stored = _stored(mark)
        wrong += len(stored) != 1 or {receipt_in(answer) for answer in answers} != set(stored)
    return wrong


def one_link(made: Installation, links: int, anonymous: bool) -> int:
    """How many personal links did not become exactly one response, answered with its receipt at least once."""
    code = "devices-anonymous" if anonymous else "devices-known"
    document = library.document("nhs-fft")
    version = save_draft(document | {"code": code, "privacy": document["privacy"] | {"anonymous": anonymous}})
    publish(version)
    tokens = [invited(version.questionnaire)[0] for _ in range(links)]
    wrong = 0
    for token in tokens:
        path, mark = f"/i/{token}", f"answered on a device {token}"
        forms = [body(once(made.target, path), mark) for _ in range(DEVICES)]
        answers = _at_once(made.target, path, forms)
        stored = _stored(mark)
        statuses = Counter(answer.status for answer in answers)
        receipts = {receipt_in(answer) for answer in answers if answer.status == 303}
        good = len(stored) == 1 and receipts == set(stored) and set(statuses) <= {303, 410}
        wrong += not (good and (anonymous or statuses[303] == DEVICES))
    return wrong


def _at_once(target: Target, path: str, forms: Sequence[bytes]) -> list[Answer]:
    """Connections are open before the start, so that the requests meet."""
    clients = [Client(target) for _ in forms]
    for client in clients:
        client.connect()
    answers: list[Answer] = []

    def send(client: Client, form: bytes) -> None:
        answers.append(client.post(path, form))

    together([partial(send, client, form) for client, form in zip(clients, forms, strict=True)])
    for client in clients:
        client.close()
    if len(answers) < len(forms):
        raise RuntimeError(f"{len(forms) - len(answers)} requests were not answered")
    return answers


def _stored(mark: str) -> list[str]:
    """The receipts of the responses with this comment."""
    with reading():
        rows = db.session.execute(select(Response.answers, Response.receipt)).all()
        db.session.rollback()
    return [row.receipt for row in rows if row.answers.get("why") == mark]
