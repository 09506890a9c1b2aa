"""`python -m tests.bench`: measures, prints, and writes docs/figures.md. `--size 1` is short, 5 the usual size."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tests.bench import files, reading, rounds, starting, working
from tests.bench.installation import engines
from tests.bench.table import Figure, write

ABOUT = """Real server and bare view run side by side with the same gunicorn settings and take turns; a ratio is the
median of the ratios of the rounds. Clients run on the same machine. The bare view returns a static text of the
page's size, or writes the request's body into one row, as durably as the application does. A page is a respondent's form
(five questions, two comments); a submission is that form filled in and sent, with the worker running."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5, help="how many requests, rows and rounds")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = []
    for figure in _all(given.size, given.seed):
        print(f"{figure.what}: {figure.measured}  (wanted: {figure.wanted or '–'})", flush=True)
        found.append(figure)
    command = f"python -m tests.bench --size {given.size} --seed {given.seed}"
    write("Speed and size", command, given.seed, ABOUT, found)


def _all(size: int, seed: int) -> Iterator[Figure]:
    for engine in engines():
        yield from _web(engine, 200 * size, size)
        pace = working.measure(engine, 400 * size, size)
        yield Figure(f"{engine}: worker, responses with a comment a second of processor time",
                     f"{pace.processor:,.0f} ({pace.clock:,.0f} by the clock)", "≥ 1,000")  # fmt: skip
        yield from _overview(engine, size, seed)
        yield from _files(engine, 4000 * size)
    begin = starting.measure(size, 200)
    yield Figure("import of the application, processor seconds", f"{begin.imported:.2f}")
    yield Figure("`create_app()` after it, processor seconds", f"{begin.created:.2f}", "< 1")
    yield Figure("memory of a web process, MB", f"{begin.web:.0f}", "< 200")
    yield Figure("memory of the worker, MB", f"{begin.worker:.0f}", "< 400")


def _web(engine: str, requests: int, size: int) -> Iterator[Figure]:
    for (what, clients), pair in sorted(rounds.measure(engine, requests, size).items()):
        waits = " / ".join(f"{pair.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
        measured = (
            f"**{pair.ratio:.2f}** ({pair.rate:,.0f} to {pair.bare_rate:,.0f} a second; "
            f"by processor time {pair.processor_ratio:.2f}; p50/p95/p99 {waits} ms)"
        )
        yield Figure(f"{engine}: {what}, {clients} clients, to the bare view", measured, "≥ 0.5")


def _overview(engine: str, size: int, seed: int) -> Iterator[Figure]:
    sizes = (2000 * size, 20_000 * size)
    for times in reading.measure(engine, sizes, seed, 3 * size):
        yield Figure(
            f"{engine}: overview, period {times.period}, {sizes[1]:,} responses to {sizes[0]:,}",
            f"**{times.ratio:.2f}** ({times.medians[1]:.0f} ms to {times.medians[0]:.0f} ms)",
            "≤ 1.3, < 150 ms",
        )


def _files(engine: str, rows: int) -> Iterator[Figure]:
    done = files.measure(engine, rows)
    yield Figure(f"{engine}: import, rows a second", f"{done.import_rate:,.0f}", "≥ 3,000")
    yield Figure(f"{engine}: export of {rows:,} responses, memory of the process, MB",
                 f"{done.export_memory:.0f} ({done.export_seconds:.1f} s)", "< 300")  # fmt: skip


if __name__ == "__main__":
    main()
