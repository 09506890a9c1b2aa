"""The units a person may see, as groups of rows whose sum is published elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from survey.models import Unit

TOP = ""  # the path of everything a person may see together
OWN = "own"  # behind a path: what was answered about the unit itself, not about one below


class Tree:
    """Equal for the same units in the same places."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.paths = tuple((unit.id, unit.path) for unit in units)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and other.paths == self.paths

    def __hash__(self) -> int:
        return hash(self.paths)

    @cached_property
    def numbers(self) -> dict[int, int]:
        return {unit_id: number for number, (unit_id, _path) in enumerate(self.paths)}

    @cached_property
    def _known(self) -> dict[str, int]:
        return {path: unit_id for unit_id, path in self.paths}

    def above(self, path: str) -> str | None:
        """The path whose sum is that of the row's group; everything together is in a group of its own."""
        if path.endswith(OWN):
            return path.removesuffix(OWN)
        if path == TOP:
            return None
        parent = path.rstrip("/").rpartition("/")[0] + "/"
        return parent if parent in self._known else TOP

    def rows(self, path: str | None) -> dict[str, list[int]]:
        """The rows of a group: for each its path and the numbers of its units."""
        if path is None:
            return {TOP: list(self.numbers.values())}
        found = {one: self._below[one] for one in self._under.get(path, [])}
        return found | ({path + OWN: [self.numbers[self._known[path]]]} if path in self._known else {})

    @cached_property
    def _under(self) -> dict[str | None, list[str]]:
        """The paths just below each."""
        found: dict[str | None, list[str]] = {}
        for one in self._known:
            found.setdefault(self.above(one), []).append(one)
        return found

    @cached_property
    def _below(self) -> dict[str, list[int]]:
        """For each path the numbers of its unit and of all below it."""
        found: dict[str, list[int]] = {path: [] for path in self._known}
        for number, (_unit_id, path) in enumerate(self.paths):
            above: str | None = path
            while above is not None and above != TOP:
                found[above].append(number)
                above = self.above(above)
        return found
