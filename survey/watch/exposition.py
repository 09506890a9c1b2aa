"""What Prometheus reads: the processes' counters, and gauges read from the database at that moment."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from survey import metrics
from survey.config import Settings
from survey.models import SweepRun
from survey.watch import state


class _OfDatabase:
    """Correct for any number of processes and machines: the rows are the truth."""

    def collect(self) -> Iterator[Metric]:
        backlog = state.backlog()
        oldest = backlog.age.total_seconds()
        yield _gauge("responses_waiting", "Responses not processed yet.", backlog.waiting)
        yield _gauge("oldest_waiting_seconds", "Age of the oldest of them (by the day if anonymous).", oldest)
        yield _gauge("responses_failed", "Responses given up after the last try.", backlog.failed)
        yield from _of_sweeps(state.sweeps())


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"afterword_{name}", text, value=value)


def _of_sweeps(runs: list[SweepRun]) -> Iterator[Metric]:
    failures = CounterMetricFamily("afterword_job_failures", "Failed runs of a job.", labels=["job"])
    ended = GaugeMetricFamily(
        "afterword_job_ended_timestamp_seconds", "When a job last ended.", labels=["job"]
    )
    for run in runs:
        failures.add_metric([run.name], run.failures)
        if run.ended_at:
            ended.add_metric([run.name], run.ended_at.timestamp())
    yield failures
    yield ended


def text(settings: Settings) -> bytes:
    of_database = CollectorRegistry()
    of_database.register(_OfDatabase())
    return generate_latest(metrics.of_all_processes(settings.data_dir)) + generate_latest(of_database)
