"""The same form sent again: eight times at once, after its answer was lost, on sixteen devices, with wrong tokens."""

from __future__ import annotations

import secrets
import select as readiness
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import select

from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db, reading
from survey.models import Response
from tests.bench.clients import Answer, Client, Target, once, post_bytes, together
from tests.bench.installation import Installation, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import browsing, web
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
        found = stored(mark)
        wrong += len(found) != 1 or {receipt_in(answer) for answer in answers} != set(found)
    return wrong


def lost_answers(made: Installation, path: str, forms: int) -> int:
    """The answer is on its way when the connection breaks; the form sent again must find the first one's receipt."""
    wrong = 0
    for number in range(forms):
        mark = f"form {number} whose answer was lost"
        form = body(once(made.target, path), mark)
        client = Client(made.target)
        client.connect().sendall(post_bytes(path, form))
        if (
            number % 2
        ):  # committed and answered, but nobody reads it; else the connection breaks at any moment
            readiness.select([client.connect()], [], [], 30)
        client.close()
        again = Client(made.target)
        receipts = {receipt_in(again.post(path, form)) for _ in range(2)}
        again.close()
        time.sleep(0.05 * (1 - number % 2))  # until the first request has surely come to its end too
        found = stored(mark)
        wrong += len(found) != 1 or receipts != set(found)
    return wrong


def one_link(made: Installation, links: int, anonymous: bool) -> int:
    """How many personal links did not become exactly one response, answered with its receipt at least once."""
    tokens = personal_links(f"devices-{'anonymous' if anonymous else 'known'}", links, anonymous)
    wrong = 0
    for token in tokens:
        path, mark = f"/i/{token}", f"answered on a device {token}"
        forms = [body(once(made.target, path), mark) for _ in range(DEVICES)]
        answers = _at_once(made.target, path, forms)
        found = stored(mark)
        statuses = Counter(answer.status for answer in answers)
        receipts = {receipt_in(answer) for answer in answers if answer.status == 303}
        good = len(found) == 1 and receipts == set(found) and set(statuses) <= {303, 410}
        wrong += not (good and (anonymous or statuses[303] == DEVICES))
    return wrong


def wrong_tokens(made: Installation) -> int:
    """How many responses came of forms sent without a token, with an empty one, a foreign one, or a foreign key."""
    own, other = personal_links("tokens", 2, anonymous=False)
    mark = "sent with a wrong token"
    form = body(once(made.target, f"/i/{own}"), mark)
    keyless = urlencode(
        [(name, value) for name, value in parse_qsl(form.decode()) if name != "_key"]
    ).encode()
    client = Client(made.target)
    for token in (
        "",
        "%20",
        "%00",
        "0",
        own[:-1],
        own.swapcase(),
        own + "a",
        secrets.token_urlsafe(24),
        other,
    ):
        answer = client.post(f"/i/{token}", form)
        if answer.status not in (200, 301, 308, 400, 404, 405, 422):
            raise RuntimeError(f"a wrong token was answered {answer.status}")
    client.post(f"/i/{own}", keyless)
    client.post(f"/i/{own}", body(once(made.target, f"/i/{other}"), mark))
    client.close()
    return len(stored(mark))


def personal_links(code: str, count: int, anonymous: bool) -> list[str]:
    document = library.document("nhs-fft")
    version = save_draft(document | {"code": code, "privacy": document["privacy"] | {"anonymous": anonymous}})
    publish(version)
    return [invited(version.questionnaire)[0] for _ in range(count)]


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


def stored(mark: str) -> list[str]:
    """The receipts of the responses with this comment."""
    with reading():
        rows = db.session.execute(select(Response.answers, Response.receipt)).all()
        db.session.rollback()
    return [row.receipt for row in rows if row.answers.get("why") == mark]


def figures(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    count = 10 * size
    with installation(engine) as made:
        web.start(made)
        made.start_worker()
        path = open_link("nhs-fft")
        what = "that are not one response with one receipt"
        yield Figure(f"{count} forms sent 8 times at once {what}", f"{same_form(made, path, count)}", "0")
        yield Figure(f"{count} forms whose answer was lost {what}", f"{lost_answers(made, path, count)}", "0")
        wrong = one_link(made, count, anonymous=True) + one_link(made, count, anonymous=False)
        yield Figure(f"2 x {count} personal links on 16 devices that are not one response", f"{wrong}", "0")
        yield Figure("responses with a missing, empty or foreign token", f"{wrong_tokens(made)}", "0")
        sent = browsing.reloaded_and_gone_back(f"http://{made.target[0]}:{made.target[1]}{path}")
        if sent:
            found = len(stored(browsing.MARK)), len(sent)
            yield Figure(
                "reloaded and gone back in Chromium: responses, receipts", f"{found[0]}, {found[1]}", "1, 1"
            )
