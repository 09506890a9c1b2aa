"""Which pages are measured, as whom, and in how many milliseconds they should be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from flask.testing import FlaskClient
from sqlalchemy import select

from survey.extensions import db
from survey.models import Report, User
from tests.bench.crowd_plans import wanted_report

ADMINISTRATOR, QUALITY_MANAGER, HEAD = "administrator", "quality manager", "head of unit"
LEADING = (ADMINISTRATOR, QUALITY_MANAGER)
PERIODS = ("12m", "all")
OVERVIEW, USUAL = 150, 200  # ms


@dataclass(frozen=True, slots=True)
class Page:
    """`mark` stands on it when it shows figures."""

    person: str
    address: str
    mark: str
    most: int = USUAL
    known_as: str = ""  # where the address has a random number

    @property
    def name(self) -> str:
        return f"`{self.known_as or self.address}`"

    def work(self, client: FlaskClient) -> Callable[[], None]:
        """Asks for the page; raises RuntimeError when it shows no figures."""
        address = self.address.replace("REPORT", _report()) if self.known_as else self.address

        def get() -> None:
            answer = client.get(address)
            if answer.status_code != 200 or self.mark not in answer.text:
                raise RuntimeError(f"{address} answered {answer.status_code}, or without figures")

        return get


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A report of the last twelve whole months is taken, and not kept."""

    person: str
    most: int = USUAL
    name: str = "a report's snapshot, 12 months"

    def work(self, client: FlaskClient) -> Callable[[], None]:
        with client.session_transaction() as session:
            person = session["_user_id"]

        def take() -> None:
            asking = db.session.scalars(select(User).where(User.fs_uniquifier == person)).one()
            taken = wanted_report(asking)
            if not taken.snapshot["months"]:
                raise RuntimeError("the report has no figures")
            db.session.rollback()
            db.session.remove()

        return take


def _report() -> str:
    """Any; the session ends, so that the request begins as every one does."""
    number = str(db.session.scalars(select(Report.id).limit(1)).one())
    db.session.remove()
    return number


def _overviews() -> Iterator[Page]:
    chart = "data-chart"
    for person, periods in ((ADMINISTRATOR, ("30d", "90d", *PERIODS)), *((p, ("90d", "all")) for p in (QUALITY_MANAGER, HEAD))):  # fmt: skip
        yield from (Page(person, f"/results?period={period}", chart, OVERVIEW) for period in periods)
    for more in ("90d&channel=qr", "12m&language=en", "12m&channel=qr&language=en"):
        yield Page(ADMINISTRATOR, f"/results?period={more}", chart, OVERVIEW)
    yield Page(QUALITY_MANAGER, "/results?period=12m&unit=b1&service=s1", chart, OVERVIEW)
    yield Page(QUALITY_MANAGER, "/results/chart/units-service-types.csv?period=all", "Unit", OVERVIEW)


COMPARED = ("by=unit", "by=unit&one=d1&other=d2", "by=service_type&one=s1&other=s2")
OTHERS = {
    "/results/trend": "data-chart",
    "/results/units": "data-chart",
    "/results/topics": 'id="figure-topic-units"',
    "/results/topics?topic=waiting": 'id="figure-topic-parts"',
    "/results/matters": "data-chart",
    **{f"/results/compare?{more}": "data-chart" for more in COMPARED},
    "/results/ledger": "data-chart",
    "/results/instrument": "table",
    "/improve/targets": "data-chart",
}
"""Address -> mark."""


def _others() -> Iterator[Page]:
    for (address, mark), person, period in product(OTHERS.items(), LEADING, PERIODS):
        yield Page(person, f"{address}{'&' if '?' in address else '?'}period={period}", mark)
    for person in LEADING:
        yield Page(person, "/results/compare?by=period&period=12m", "data-chart")
        yield Page(person, "/improve/actions", "Improvement 1")
        yield Page(person, "/improve/actions/1", "data-chart")
        yield Page(person, "/reports/", "report")
    yield Page(HEAD, "/results/trend?period=90d", "data-chart")


def _reports() -> Iterator[Page | Snapshot]:
    yield from (Snapshot(person) for person in LEADING)
    yield Page(ADMINISTRATOR, "/reports/REPORT", "report", known_as="/reports/…")


def _comments() -> Iterator[Page]:
    said = "Visit "
    yield Page(ADMINISTRATOR, "/results/comments?period=12m", said)
    yield Page(ADMINISTRATOR, "/results/comments?period=all&sentiment=negative", said)
    yield Page(HEAD, "/results/comments?period=all&search=visit", said)
    yield Page(QUALITY_MANAGER, "/my-feedback?period=quarter", said)
    yield Page(HEAD, "/my-feedback?period=quarter", said)


PAGES: tuple[Page | Snapshot, ...] = (*_overviews(), *_others(), *_reports(), *_comments())
