"""What is wrong with a definition: where, what, and the words that the message needs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    code: str  # the messages are in survey/design/messages.py
    path: tuple[str | int, ...] = ()  # below the object that was being checked
    detail: dict[str, str] = field(default_factory=dict)


class Problems(ValueError):
    """Raised inside validators; pydantic hands it on with the place where it was raised."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))


def problem(code: str, *path: str | int, **detail: object) -> Problem:
    return Problem(code, path, {name: str(value) for name, value in detail.items()})


def refuse_repeats(values: list[str], *, field: str, key: str) -> None:
    """Raises Problems at `field[i].key` of each value that was there before."""
    found = [i for i, value in enumerate(values) if value in values[:i]]
    if found:
        raise Problems(*(problem("repeats", field, i, key, value=values[i]) for i in found))
