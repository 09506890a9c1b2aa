"""Where each part of a JSON text stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from json_source_map import handle
from json_source_map.types import Location

Path = Sequence[str | int]


class Lines:
    """The line of each value of a JSON text that is known to be right; of no text, none."""

    def __init__(self, text: str = "") -> None:
        start = Location(0, 0, 0)
        self._entries = handle.value(source=text, current_location=start) if text else []
        self._of = {
            pointer: (entry.key_start or entry.value_start).line + 1 for pointer, entry in self._entries
        }

    def at(self, path: Path) -> int | None:
        """The line of the value, or of the nearest one around it that is there."""
        for length in range(len(path), -1, -1):
            line: int | None = self._of.get(_pointer(path[:length]))
            if line is not None:
                return line
        return None

    def repeated(self) -> Iterator[Path]:
        """The paths of the keys that stand twice in one object (not what is inside of them)."""
        times = Counter(pointer for pointer, _entry in self._entries)
        for pointer in (pointer for pointer, count in times.items() if count > 1):
            if times[pointer.rpartition("/")[0]] == 1:
                yield [int(part) if part.isdecimal() else part for part in pointer.split("/")[1:]]


def _pointer(path: Path) -> str:
    return "".join(f"/{part}" for part in path)


def written(path: Path) -> str:
    """`sections[0].questions[2].points`"""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
