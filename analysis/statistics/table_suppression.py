"""Hiding cells and totals of a table so that no hidden one follows from those that are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from analysis.statistics.suppression import DEFAULT_THRESHOLD, suppress

Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)

Node = tuple[str, object]  # ("row", key) or ("column", key)
Edge = tuple[Node, Node]  # a cell or a total: its row and its column
Graph = dict[Node, dict[Node, Edge]]

_BESIDE: Node = ("column", object())  # the column of the rows' totals
_BELOW: Node = ("row", object())  # the row of the columns' totals
_DEAR = 1_000_000  # totals are hidden only where cells cannot protect


@dataclass(frozen=True, slots=True)
class HiddenTable(Generic[Row, Column]):
    """What is hidden: cells, and the rows and the columns whose totals are hidden too."""

    cells: frozenset[tuple[Row, Column]]
    rows: frozenset[Row]
    columns: frozenset[Column]


def suppress_table(
    counts: Mapping[tuple[Row, Column], int],
    threshold: int = DEFAULT_THRESHOLD,
    *,
    allow_small: bool = False,
) -> HiddenTable[Row, Column]:
    """Hide each cell and total with 0 < n < threshold, and the cheapest others that protect them.

    A hidden number, seen as an edge between its row and its column, follows from the shown ones exactly when
    it lies on no ring of hidden ones (Gusfield 1988, SIAM J. Comput. 17:552). So each is closed to a ring along
    the path with the fewest answers; through totals only where the cells have no such path. The sum of all is
    taken as known: below the threshold hide that sum too.
    Use `rows` and `columns` wherever the same answers are shown by row or by column alone.
    Raises ValueError for a threshold below 5 unless `allow_small`.
    """
    table = {_edge(*cell): n for cell, n in counts.items() if n > 0}
    totals = _totals(table)
    cost = _costs(table, totals, threshold, allow_small)
    cells, whole = _graph(list(table)), _graph([*table, *totals])
    safe: set[Edge] = set()
    for edge in [edge for edge, price in cost.items() if price == 0]:
        if edge not in safe:
            ring = (edge in table and _cheapest_ring(edge, cells, cost)) or _cheapest_ring(edge, whole, cost)
            safe.update(ring)
            cost.update(dict.fromkeys(ring, 0))
    return _hidden(counts, cost)


def _costs(
    table: Mapping[Edge, int], totals: Mapping[Edge, int], threshold: int, allow_small: bool
) -> dict[Edge, int]:
    """What hiding each cell and total costs: nothing when it has to be hidden anyway; the smallest first."""
    beside = {edge: n for edge, n in totals.items() if edge[1] == _BESIDE}
    below = {edge: n for edge, n in totals.items() if edge[0] == _BELOW}
    cost = {edge: 0 if n < threshold else n for edge, n in sorted(table.items(), key=lambda item: item[1])}
    cost |= {edge: n * _DEAR for edge, n in totals.items()}
    for line in (beside, below):
        cost.update(dict.fromkeys(suppress(line, threshold, allow_small=allow_small), 0))
    return cost


def _hidden(counts: Mapping[tuple[Row, Column], int], cost: Mapping[Edge, int]) -> HiddenTable[Row, Column]:
    filled = [cell for cell, n in counts.items() if n > 0]
    return HiddenTable(
        frozenset(cell for cell in filled if cost[_edge(*cell)] == 0),
        frozenset(row for row, _ in filled if cost[("row", row), _BESIDE] == 0),
        frozenset(column for _, column in filled if cost[_BELOW, ("column", column)] == 0),
    )


def _edge(row: object, column: object) -> Edge:
    return ("row", row), ("column", column)


def _totals(table: Mapping[Edge, int]) -> Counter[Edge]:
    """The totals of the rows and of the columns."""
    totals: Counter[Edge] = Counter()
    for (row, column), n in table.items():
        totals[row, _BESIDE] += n
        totals[_BELOW, column] += n
    return totals


def _graph(edges: list[Edge]) -> Graph:
    graph: Graph = defaultdict(dict)
    for edge in edges:
        row, column = edge
        graph[row][column] = graph[column][row] = edge
    return graph


def _cheapest_ring(edge: Edge, graph: Graph, cost: Mapping[Edge, int]) -> list[Edge]:
    """The other edges of the ring through `edge` that costs least (Dijkstra); empty where there is none."""
    start, goal = edge
    reached: dict[Node, tuple[int, int]] = {start: (0, 0)}  # answers hidden, steps
    came_by: dict[Node, tuple[Node, Edge]] = {}
    tick = count()  # nodes cannot be ordered
    queue: list[tuple[int, int, int, Node]] = [(0, 0, next(tick), start)]
    while queue:
        answers, steps, _, node = heappop(queue)
        if node == goal:
            break
        if (answers, steps) > reached[node]:
            continue
        for neighbour, other in graph[node].items():
            price = (answers + cost[other], steps + 1)
            if other != edge and (neighbour not in reached or price < reached[neighbour]):
                reached[neighbour], came_by[neighbour] = price, (node, other)
                heappush(queue, (*price, next(tick), neighbour))
    return _walk_back(goal, came_by)


def _walk_back(node: Node, came_by: Mapping[Node, tuple[Node, Edge]]) -> list[Edge]:
    path = []
    while node in came_by:
        node, edge = came_by[node]
        path.append(edge)
    return path
