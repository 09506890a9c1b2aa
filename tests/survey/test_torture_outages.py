"""Small tortures: databases, disks, queues and workers fail while people submit, and nobody loses anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.bench.installation import Installation, installation
from tests.bench.rounds import open_link
from tests.bench.torture import (
    browsing,
    following_up,
    full,
    locks,
    queues,
    repeats,
    restarts,
    scanners,
    servers,
    web,
    workers,
)
from tests.bench.torture.counting import Count
from tests.bench.torture.people import Seen

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


def _nobody_was_refused(seen: Seen) -> None:
    assert (seen.given_up, seen.refusals, seen.unfriendly, seen.broken) == (0, 0, 0, 0)


@pytest.mark.skipif(bool(servers.missing()), reason=servers.missing() or "none")
def test_a_postgresql_that_is_cut_and_restarted_gives_friendly_answers_only() -> None:
    outcome = restarts.torture(disturbances=2, seed=1)
    assert outcome.done == ["cut", "restarted"]
    _nobody_was_refused(outcome.seen)
    assert isinstance(outcome.counted, Count)
    assert outcome.counted.clean, outcome.counted
    assert outcome.counted.stored >= len(outcome.seen.receipts) > 0


def test_a_full_disk_acknowledges_nothing_falsely_and_recovers() -> None:
    if why := full.missing():
        pytest.skip(why)
    outcome = full.torture(receipts=10)
    seen = outcome.seen
    assert (seen.given_up, seen.refusals, seen.unfriendly) == (0, 0, 0)
    assert seen.statuses[503] > 0
    assert outcome.acknowledged[2] >= 10
    assert outcome.counted.clean, outcome.counted
    assert outcome.uploads == (503, 0, 303)


def test_nobody_hears_of_locks_while_one_reads_for_a_long_time() -> None:
    outcome = locks.torture(submissions=80)
    assert len(outcome.seen.receipts) == 80
    assert outcome.seen.statuses[503] == outcome.seen.refusals == outcome.complaints == 0
    assert outcome.read_before == outcome.read_after == 0
    assert outcome.counted.clean, outcome.counted


@needs_redis
def test_submissions_and_worker_go_on_while_redis_is_away() -> None:
    outcome = queues.torture("sqlite", seconds=1.0)
    _nobody_was_refused(outcome.seen)
    assert outcome.seen.statuses[503] == 0
    assert all(outcome.phases[name] for name in ("stopped", "up again"))
    assert set(outcome.unprocessed.values()) == {0}
    assert outcome.counted.clean, outcome.counted


@needs_redis
def test_workers_killed_at_work_do_everything_once() -> None:
    outcome = workers.torture("sqlite", kills=3, seed=1, patience=0)
    assert (outcome.left, outcome.differences) == (0, 0)
    assert outcome.comments == outcome.received == 3 * workers.SHARE
    assert 1 <= outcome.poison_tries <= 5


def test_a_worker_killed_while_cases_are_opened_does_each_thing_once() -> None:
    outcome = following_up.torture("sqlite", kills=2, seed=1, queue=False)
    assert outcome.responses == 2 * workers.SHARE
    assert outcome.once, outcome


Running = tuple[Installation, str]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """A server, and the path of an open link."""
    with installation("sqlite") as made:
        web.start(made)
        yield made, open_link("nhs-fft")


def test_a_form_sent_again_and_again_is_one_response_with_one_receipt(running: Running) -> None:
    made, path = running
    assert repeats.same_form(made, path, 2) == 0
    assert repeats.lost_answers(made, path, 4) == 0
    assert repeats.one_link(made, 1, anonymous=True) == 0
    assert repeats.one_link(made, 1, anonymous=False) == 0
    assert repeats.wrong_tokens(made) == 0


@pytest.mark.browser
def test_double_click_reload_and_back_are_one_response_with_one_receipt(running: Running) -> None:
    made, path = running
    if not browsing.CHROMIUM.exists():
        pytest.skip(f"no browser at {browsing.CHROMIUM}: apt-get install chromium")
    receipts = browsing.reloaded_and_gone_back(f"http://{made.target[0]}:{made.target[1]}{path}")
    assert len(receipts) == 1
    assert set(repeats.stored(browsing.MARK)) == receipts


def test_mail_scanners_store_nothing_and_leave_the_links_good(running: Running) -> None:
    made, path = running
    before = scanners.traces()
    tokens = repeats.personal_links("scanned", 1, anonymous=True)
    left, dead = scanners.scanned(made, [path, *(f"/i/{token}" for token in tokens)])
    assert (left - before, dead) == (0, 0)
