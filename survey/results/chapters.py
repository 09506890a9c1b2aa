"""The pages of results in chapters: the questions that are asked of them, and the data they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from survey.results.framing import address
from survey.results.pages import PAGES


@dataclass(frozen=True, slots=True)
class Door:
    code: str  # by which its page says that it is shown
    title: Any
    endpoint: str
    arguments: dict[str, str] = field(default_factory=dict)


class Link(NamedTuple):
    title: Any
    address: str
    here: bool


class Chapter(NamedTuple):
    title: Any
    links: list[Link]

    @property
    def here(self) -> Link | None:
        """The page that is shown, where it is one of this chapter."""
        return next((link for link in self.links if link.here), None)


def _of_charts(code: str) -> Door:
    return Door(code, PAGES[code].title, "results.page", arguments={"page": code})


CHAPTERS: tuple[tuple[Any, tuple[Door, ...]], ...] = (
    (
        _l("How good are we?"),
        (Door("overview", _l("Overview"), "results.overview"),),
    ),
    (
        _l("What is said?"),
        (Door("comments", _l("Comments"), "results.comments"), _of_charts("topics")),
    ),
    (_l("Is it changing?"), (_of_charts("trend"),)),
    (_l("Who differs?"), (_of_charts("units"), Door("compare", _l("Comparison"), "comparing.show"))),
    (_l("What matters?"), (_of_charts("matters"),)),
    (
        _l("Did our measure work?"),
        (
            Door("actions", _l("Actions"), "actions.index"),
            Door("targets", _l("Targets"), "targets.index"),
            Door("benchmarks", _l("Benchmarks"), "targets.benchmarks"),
        ),
    ),
    (
        _l("Are the data sound?"),
        (
            _of_charts("ledger"),
            _of_charts("instrument"),
            Door("reading", _l("How comments are read"), "labelling.reading"),
            Door("checking", _l("Check a published figure"), "checking.figure"),
        ),
    ),
)


def chapters(here: str) -> list[Chapter]:
    """For the page `here`: each link keeps the filters of the address."""
    return [Chapter(title, list(_links(doors, here))) for title, doors in CHAPTERS]


def _links(doors: tuple[Door, ...], here: str) -> Iterator[Link]:
    for door in doors:
        yield Link(door.title, address(door.endpoint, **door.arguments), door.code == here)
