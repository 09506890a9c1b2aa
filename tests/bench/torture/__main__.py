"""Runs the tortures, prints what was found and writes docs/figures.md. Exit code 1 when a figure is not as wanted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tests.bench import migrating
from tests.bench.installation import clean_up_when_told_to_stop, engines
from tests.bench.table import Figure, machine, write
from tests.bench.torture import (
    backups,
    following_up,
    full,
    kills,
    locks,
    queues,
    repeats,
    restarts,
    scanners,
    workers,
)

Measured = Callable[[int, int], Iterable[Figure]]  # size, seed


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    about: str
    measure: Measured


def _each(measure: Callable[[str, int, int], Iterable[Figure]]) -> Measured:
    """On each database."""

    def measured(size: int, seed: int) -> Iterator[Figure]:
        for engine in engines():
            for figure in measure(engine, size, seed):
                yield replace(figure, what=f"{engine}: {figure.what}")

    return measured


PARTS = {
    "kills": Part(
        "Exactness under kill",
        "Sixteen people submit while processes of the server and the worker are killed at random moments and started\n"
        "again. Who gets no receipt sends the same form again. Afterwards every acknowledged submission is looked for.",
        _each(kills.figures),
    ),
    "repeats": Part(
        "The same form again",
        "A form sent eight times at once; a form whose answer was lost with its connection; a personal link answered on\nsixteen devices at once; double click, reload and back in Chromium.",
        _each(repeats.figures),
    ),
    "scanners": Part(
        "Mail scanners",
        "GET, HEAD, OPTIONS, Range, prefetch, odd methods, rewritten addresses, every link followed, the form in the\naddress, empty and answerless POSTs, and Chromium with scripts; on open and personal links.",
        _each(scanners.figures),
    ),
    "restarts": Part(
        "PostgreSQL restarted",
        "A private PostgreSQL whose connections are cut, or which is restarted, crashed or stopped for two seconds, every\nfive seconds while eight people submit.",
        restarts.figures,
    ),
    "full": Part(
        "Disk full",
        "A small file system in memory is filled to the last byte for four seconds while four people submit, an\nadministrator uploads a file, and a web process is killed and started again.",
        full.figures,
    ),
    "locks": Part(
        "SQLite with a long reader",
        "Eight people submit and the worker works while one transaction reads from beginning to end.",
        locks.figures,
    ),
    "workers": Part(
        "Worker killed at work",
        "Killed within 50 ms of having claimed responses; the queue (a private Redis) is restarted five times; the last\njob is delivered three times to two workers. One response of them cannot be read.",
        _each(workers.figures),
    ),
    "loop": Part(
        "Worker killed while cases are opened",
        "Killed up to half a second after its first effect. Each response fulfils a rule, opens a case, is given to the person on\nduty, and a mail about it goes to a real SMTP server.",
        _each(following_up.figures),
    ),
    "queues": Part(
        "Redis away",
        "A private Redis is stopped, started again and made to hang while four people submit.",
        _each(queues.figures),
    ),
    "backups": Part(
        "Backup under load",
        "`flask backup` while fifty forms a second are sent, then `flask restore` into an empty installation, where every\nsubmission that was acknowledged before the start is looked for.",
        _each(backups.figures),
    ),
    "migrations": Part(
        "Migrations with rows inside",
        "Every revision down to the first release and up again, one at a time; before and after each step a checksum of\nevery column of every table.",
        _each(migrating.figures),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.torture", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--size", type=int, default=5, help="how much of everything; 5 is the published size")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    clean_up_when_told_to_stop()
    print(f"seed {given.seed}; {machine()}", flush=True)
    wrong = sum(_run(name, given.size, given.seed) for name in given.parts or PARTS)
    if wrong:
        raise SystemExit(1)


def _run(name: str, size: int, seed: int) -> int:
    """How many figures are not as wanted."""
    part, found = PARTS[name], []
    for figure in part.measure(size, seed):
        print(f"{figure.what}: {figure.measured}  (wanted: {figure.wanted or '–'})", flush=True)
        found.append(figure)
    write(
        part.title,
        f"python -m tests.bench.torture {name} --size {size} --seed {seed}",
        seed,
        part.about,
        found,
    )
    return sum(bool(figure.wanted) and figure.measured != figure.wanted for figure in found)


if __name__ == "__main__":
    main()
