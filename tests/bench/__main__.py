"""`python -m tests.bench`: measures, prints, and writes docs/figures.md. `--size 1` is short, 5 usual."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator

from tests.bench import (
    alerting,
    caseload,
    ceiling,
    digesting,
    files,
    reading,
    rounds,
    starting,
    statistics,
    workers,
    working,
)
from tests.bench.installation import clean_up_when_told_to_stop, engines
from tests.bench.table import Figure, write

ABOUT = """Real server and bare view run side by side with the same gunicorn settings and take turns; a ratio is the
median of the ratios of the rounds. Clients run on the same machine. The bare view returns a static text of the
page's size, or writes the request's body into one row through SQLAlchemy, as durably as the application does, in the same database. A page is a respondent's form
(five questions, two comments, contact details); a submission is that form filled in and sent, with the worker running."""

ABOUT_RESULTS = """Processor time of the server and, on PostgreSQL, of the database's process, in which other programs on the machine
hardly show; by the clock beside it. 41 units, 6 service types, 12 scales (the last one a recommendation), a comment with three in ten responses, 18
months, an invitation with every fifth; sizes in turn. `tallies verify` has accepted the smaller installation. PostgreSQL
has been vacuumed, as autovacuum does within minutes of a bulk load."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all but `large` by default"
    )
    parser.add_argument("--size", type=int, default=5, help="how many requests, rows and rounds")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    clean_up_when_told_to_stop()
    for name in given.parts or (name for name in PARTS if name != "large"):
        title, about, measure = PARTS[name]
        found = []
        for figure in measure(given.size, given.seed):
            print(f"{figure.what}: {figure.measured}  (wanted: {figure.wanted or '–'})", flush=True)
            found.append(figure)
        command = f"python -m tests.bench {name} --size {given.size} --seed {given.seed}"
        write(title, command, given.seed, about, found)


def _each(measure: Callable[[str, int, int], Iterable[Figure]]) -> Callable[[int, int], Iterator[Figure]]:
    """On each database."""
    return lambda size, seed: (figure for engine in engines() for figure in measure(engine, size, seed))


def _web(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    for (what, clients), pair in sorted(rounds.measure(engine, 200 * size, size).items()):
        waits = " / ".join(f"{pair.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
        measured = (
            f"**{pair.ratio:.2f}** ({pair.rate:,.0f} to {pair.bare_rate:,.0f} a second; "
            f"by processor time {pair.processor_ratio:.2f}; p50/p95/p99 {waits} ms)"
        )
        yield Figure(f"{engine}: {what}, {clients} clients, to the bare view", measured, "≥ 0.5")


def _worker(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    pace = working.measure(engine, 400 * size, size)
    measured = f"{pace.processor:,.0f} ({pace.clock:,.0f} by the clock)"
    yield Figure(f"{engine}: responses with a comment a second of processor time", measured, "≥ 1,000")
    if engine == "postgresql":
        yield _two_workers(workers.measure(engine, 2000 * size, size))
        computing = f"{ceiling.ratio(2 * size):.2f}"
        yield Figure("two processes that only read comments, to one: what the machine allows", computing)


def _two_workers(found: workers.Scaling) -> Figure:
    spent = [
        f"{number}: {found.median(runs, 'workers'):.2f} s of the workers, {found.median(runs, 'database'):.2f} s of the database"
        for number, runs in (("one", found.one), ("two", found.two))
    ]
    measured = f"**{found.ratio:.2f}** (processor time of 1,000 responses, {'; '.join(spent)})"
    return Figure("postgresql: two workers to one, by the clock", measured, "≥ 1.7")


def _results(engine: str, size: int, seed: int) -> Iterator[Figure]:
    sizes = (10_000, {1: 20_000, 2: 100_000}.get(size, 1_000_000))
    return _pages(engine, sizes, seed, 3 * size)


def _large(size: int, seed: int) -> Iterator[Figure]:
    return _pages("sqlite", (10_000, 2_000_000 * size), seed, 5)


def _pages(engine: str, sizes: tuple[int, int], seed: int, rounds: int) -> Iterator[Figure]:
    for times in reading.measure(engine, sizes, seed, rounds):
        processor, clock = (f"{of[1]:.0f} ms to {of[0]:.0f} ms" for of in (times.processor, times.clock))
        yield Figure(
            f"{engine}: {times.page.person}, {times.page.name}, {sizes[1]:,} responses to {sizes[0]:,}",
            f"**{times.ratio:.2f}** ({processor}; by the clock {clock})",
            f"≤ 1.3, < {times.page.most} ms",
        )


def _loop(engine: str, size: int, seed: int) -> Iterator[Figure]:
    judged = alerting.measure(engine, 400 * size, size)
    measured = f"{judged.pace.processor:,.0f} ({judged.pace.clock:,.0f} by the clock; a case with {judged.cases:.0%} of them)"
    yield Figure(
        f"{engine}: responses a second of processor time, {alerting.RULES} rules", measured, "≥ 1,000"
    )
    cases = 20_000 * size
    for page, took in caseload.measure(engine, cases, seed, 3 * size):
        measured = f"{took.processor:.0f} ms (by the clock {took.clock:.0f} ms)"
        yield Figure(f"{engine}: {page.person}, {page.name}, {cases:,} cases", measured, f"< {page.most} ms")
    made = digesting.measure(engine, 2_000 * size, seed)
    measured = f"{made.seconds:.0f} s, and {made.sending:.0f} s to send {made.mails:,} mails"
    yield Figure(
        f"{engine}: {made.digests:,} digests of {made.contents} contents", measured, "< 600 s for 10,000"
    )


def _files(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    rows = 4000 * size
    done = files.measure(engine, rows)
    yield Figure(f"{engine}: import, rows a second", f"{done.import_rate:,.0f}", "≥ 3,000")
    yield Figure(f"{engine}: export of {rows:,} responses, memory of the process, MB",
                 f"{done.export_memory:.0f} ({done.export_seconds:.1f} s)", "< 300")  # fmt: skip


def _processes(size: int, _seed: int) -> Iterator[Figure]:
    begin = starting.measure(size, 200)
    yield Figure("import of the application, processor seconds", f"{begin.imported:.2f}")
    yield Figure("`create_app()` after it, processor seconds", f"{begin.created:.2f}", "< 1")
    answered = f"{begin.second:.1f} (processor time until then {begin.second_used:.1f})"
    yield Figure("`make run`, a second time: seconds until the first answer", answered, "< 5")
    yield Figure("memory of a web process, MB", f"{begin.web:.0f}", "< 200")
    yield Figure("memory of the worker, MB", f"{begin.worker:.0f}", "< 400")


def _statistics(size: int, seed: int) -> Iterator[Figure]:
    for task in statistics.measure(seed, size):
        yield Figure(f"{task.what}, processor ms", f"{task.milliseconds:.1f}", task.wanted)


PARTS: dict[str, tuple[str, str, Callable[[int, int], Iterable[Figure]]]] = {
    "web": ("Pages and submissions", ABOUT, _each(_web)),
    "worker": (
        "Worker",
        "Each response has a comment, in English or Chinese. Two workers and the database share this machine's "
        "processors with whatever else runs: the processor times tell what one waits for the other.",
        _each(_worker),
    ),
    "results": ("Results pages", ABOUT_RESULTS, _each(_results)),
    "large": ("Results pages, very many responses", ABOUT_RESULTS, _large),
    "loop": (
        "Rules, cases and digests",
        "Each response has a comment. Cases are of eighteen months, a fifth of them not closed. Digests are of 41 units, for "
        "three roles in three languages, with pictures; a content is put together once and goes to whoever reads the same.",
        _each(_loop),
    ),
    "files": (
        "Import and export",
        "A CSV file with a rating and, in a third of the rows, a comment.",
        _each(_files),
    ),
    "statistics": (
        "Statistics",
        "From sums and counts as the tallies hold them; 1,000 complete responses for the drivers.",
        _statistics,
    ),
    "processes": ("Processes", "After 200 submissions; memory includes what processes share.", _processes),
}

if __name__ == "__main__":
    main()
