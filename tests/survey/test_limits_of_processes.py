"""The rate limits of a real server with three processes and no Redis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest

from survey.extensions import db
from survey.respond.limits import GUESSES_PER_MINUTE
from tests import factories
from tests.bench.installation import Installation, installation


@pytest.fixture(scope="module")
def server() -> Iterator[Installation]:
    with installation("sqlite", WEB_WORKERS="3", SUBMISSIONS_PER_MINUTE="25") as made:
        factories.link(code="open")
        db.session.commit()
        made.start_web()
        yield made


def asked(server: Installation, method: str, path: str, times: int) -> Counter[int]:
    """Statuses, each request on a connection of its own, so that every process is asked."""

    def one(_number: int) -> int:
        with closing(HTTPConnection(*server.target, timeout=60)) as connection:
            connection.request(method, path)
            return connection.getresponse().status

    with ThreadPoolExecutor(6) as clients:
        return Counter(clients.map(one, range(times)))


def test_as_many_submissions_are_taken_as_one_process_would_take(server: Installation) -> None:
    answers = asked(server, "POST", "/s/open", 60)
    assert answers[429] == 60 - 25


@pytest.mark.parametrize("path", ["/receipt/0000-0000-0001", "/i/" + "x" * 32])
def test_receipts_and_tokens_are_guessed_no_faster(server: Installation, path: str) -> None:
    asked(server, "GET", path, GUESSES_PER_MINUTE)
    assert asked(server, "GET", path, 12) == {429: 12}
