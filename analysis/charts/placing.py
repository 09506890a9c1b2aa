"""Labels of points that lie close together: beside their points, so that no two labels overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

SIDE = 20.0  # pixels of a label's box: a circle of 18 and a gap
NARROW = (236.0, 316.0)  # pixels inside a map on the narrowest phone: where it is wider, labels part further
DOT = 5.0  # half of a dot's box
EDGE = 26.0  # pixels above and below that the corners' words take
STEP, TURNS = 6.0, 24  # pixels between the rings of places that are tried, places of each ring

Spot = tuple[float, float]


def apart(points: Sequence[Spot], room: Spot = NARROW) -> list[Spot]:
    """Where the label of each point stands: on a point that is alone, else beside it. In shares of the room (0…1).

    No two of at most about 60 labels overlap in that room, nor in one that is larger; of more the last ones may.
    """
    at = [(x * room[0], y * room[1]) for x, y in points]
    alone = [not any(_near(one, two, SIDE) for j, two in enumerate(at) if j != i) for i, one in enumerate(at)]
    placed: dict[int, Spot] = {i: one for i, one in enumerate(at) if alone[i]}
    for i in sorted((i for i in range(len(at)) if not alone[i]), key=lambda i: (at[i][1], at[i][0], i)):
        dots = [one for j, one in enumerate(at) if not alone[j]]
        placed[i] = _free(at[i], list(placed.values()), dots, room)
    return [(placed[i][0] / room[0], placed[i][1] / room[1]) for i in range(len(at))]


def _free(own: Spot, taken: Sequence[Spot], dots: Sequence[Spot], room: Spot) -> Spot:
    """The nearest place that covers neither label nor dot; where there is none, one that covers no label."""
    places = [one for one in _around(own, room) if not any(_near(one, other, SIDE) for other in taken)]
    clear = (one for one in places if not any(_near(one, dot, SIDE / 2 + DOT) for dot in dots))
    return next(clear, places[0] if places else own)


def _around(own: Spot, room: Spot) -> Iterator[Spot]:
    """Places inside the room, the nearest first."""
    for ring in range(3, math.ceil(math.hypot(*room) / STEP)):
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            x, y = own[0] + ring * STEP * math.cos(angle), own[1] + ring * STEP * math.sin(angle)
            if SIDE / 2 <= x <= room[0] - SIDE / 2 and EDGE <= y <= room[1] - EDGE:
                yield x, y


def _near(one: Spot, other: Spot, side: float) -> bool:
    """Whether boxes of this side around both would overlap."""
    return abs(one[0] - other[0]) < side and abs(one[1] - other[1]) < side
