"""Where to write the names of curves: close to their own curve, and clear of everything else.

Pure Python on pixels, for figures of matplotlib and for charts in a browser alike.
"""

from collections.abc import Iterator, Sequence
from math import ceil, hypot, inf, sqrt

Point = tuple[float, float]
Size = tuple[float, float]
Line = tuple[Point, Point]
Place = tuple[Point, Line | None]
"""The center of a name, and its line to a curve that is not next to it."""

GAP = 5  # between a curve and its name
FAR = 60  # a name that far from the other curves cannot be mistaken
HIDES = 2  # a point that close to another curve is hidden by it
SEEMS = 200  # the cost of being closer to another curve
STEP = 7  # between the points of a curve that are compared with a name
NARROW = 240  # axes without room for texts
STRIKE = 1000  # the cost of covering a curve or a text
WAYS = ((1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (-1, 0), (0, 1), (0, -1))


class Space:
    """The room between `low` and `high`, two corners, with curves and texts in it.

    A `unit` is the size in which the distances are measured, such as a point in pixels.
    """

    def __init__(
        self, low: Point, high: Point, curves: Sequence[Sequence[Point]], unit: float = 1
    ) -> None:
        self.unit = unit
        (self.left, self.foot), (self.right, self.top) = low, high
        self.curves = [self._sampled(curve) for curve in curves]
        self.texts: list[tuple[Point, Size]] = []
        self.seen = [self._seen(i) for i in range(len(curves))]

    def names(self, sizes: Sequence[tuple[int, Size]]) -> list[Place]:
        """Return a place for the name of each curve, given by its number and its size."""
        found: dict[int, Place] = {}
        near = [
            [
                (self._cost(center, number, size) + steep, center)
                for center, steep in self._beside(number, size)
            ]
            for number, size in sizes
        ]
        # The names with the least room choose first.
        room = [sum(cost < SEEMS for cost, _ in each) for each in near]
        for i in sorted(range(len(sizes)), key=room.__getitem__):
            number, size = sizes[i]
            costs = [(cost + self._covered(center, size), center) for cost, center in near[i]]
            cost, center = min(costs, default=(inf, (0.0, 0.0)))
            found[i] = (center, None) if cost < STRIKE else self._away(number, size)
            self.texts.append((found[i][0], size))
        return [found[i] for i in range(len(sizes))]

    def text(self, at: Point, size: Size) -> Point | None:
        """Return a place for a text next to a point; None if there is no room."""
        if self.right - self.left < NARROW * self.unit:
            return None
        reach = [half / 2 + GAP * self.unit for half in size]
        for way in WAYS:
            center = (at[0] + reach[0] * way[0], at[1] + reach[1] * way[1])
            if self._holds(center, size):
                cost = self._cost(center, -1, size) + self._covered(center, size)
                if cost < STRIKE:
                    self.texts.append((center, size))
                    return center
        return None

    def _sampled(self, curve: Sequence[Point]) -> list[Point]:
        """Return points of a curve in the room, about `STEP` apart, and corners of steps."""
        step = STEP * self.unit
        found = [*curve[:1]]
        starts = [*curve[:1], *curve]  # the explorer's Python has no itertools.pairwise
        for start, corner in zip(starts, curve, strict=False):
            if _length((start, corner)) >= step and found[-1] != start:
                found.append(start)  # else a drop would be sampled on a slant
            (x, y), (to_x, to_y) = found[-1], corner
            count = min(int(hypot(to_x - x, to_y - y) / step), 10_000)
            for i in range(1, count + 1):
                found.append((x + (to_x - x) * i / count, y + (to_y - y) * i / count))
        slack = self.unit
        return [
            (x, y)
            for x, y in found
            if self.left - slack <= x <= self.right + slack
            and self.foot - slack <= y <= self.top + slack
        ]

    def _seen(self, number: int) -> list[bool]:
        """Return which points of a curve are in sight, not below a curve drawn later."""
        later = self.curves[number + 1 :]
        seen = [
            all(self._distance(point, (0, 0), each) > HIDES for each in later)
            for point in self.curves[number]
        ]
        return seen if any(seen) else [True] * len(seen)

    def _beside(self, number: int, size: Size) -> Iterator[tuple[Point, float]]:
        """Yield the centers of names that touch a curve, and a cost for a steep curve."""
        curve, seen = self.curves[number], self.seen[number]
        for i in range(0, len(curve) - 1, 2):
            (x, y), (to_x, to_y) = curve[i : i + 2]
            length = hypot(to_x - x, to_y - y)
            if not (seen[i] and seen[i + 1] and length):
                continue
            normal = (y - to_y) / length, (to_x - x) / length
            reach = GAP * self.unit + sum(
                abs(n) * half / 2 for n, half in zip(normal, size, strict=True)
            )
            for side in (reach, -reach):
                center = (x + to_x) / 2 + side * normal[0], (y + to_y) / 2 + side * normal[1]
                if self._holds(center, size):
                    yield center, 20 * abs(normal[0])

    def _away(self, number: int, size: Size) -> Place:
        """Return the best place anywhere in the room, with a line to the curve."""
        middle = (self.left + self.right) / 2, (self.foot + self.top) / 2
        best = inf
        found: Place = middle, None
        step = 12 * self.unit
        columns = max(0, int((self.right - self.left - size[0]) / step))
        rows = max(0, int((self.top - self.foot - size[1]) / step))
        for i in range(columns + 1):
            for j in range(rows + 1):
                center = (
                    self.left + size[0] / 2 + i * step,
                    self.foot + size[1] / 2 + j * step,
                )
                cost = self._cost(center, number, size) + self._covered(center, size)
                if cost < best and (leader := self._leader(center, number, size)):
                    cost += _length(leader) / self.unit
                    cost += 300 * self._crosses(leader, number)
                    if cost < best:
                        best, found = cost, (center, leader)
        return found

    def _leader(self, center: Point, number: int, size: Size) -> Line | None:
        """Return the shortest line from a name to its curve."""
        lines = [
            (
                (
                    min(max(x, center[0] - size[0] / 2), center[0] + size[0] / 2),
                    min(max(y, center[1] - size[1] / 2), center[1] + size[1] / 2),
                ),
                (x, y),
            )
            for (x, y), is_seen in zip(self.curves[number], self.seen[number], strict=True)
            if is_seen
        ]
        return min(lines, key=_length, default=None)

    def _crosses(self, leader: Line, number: int) -> bool:
        """Return whether a line from a name to its curve meets another curve."""
        (x, y), (to_x, to_y) = leader
        count = ceil(hypot(to_x - x, to_y - y) / (STEP * self.unit)) or 1
        spots = [(x + (to_x - x) * i / count, y + (to_y - y) * i / count) for i in range(count)]
        return any(
            self._distance(spot, (0, 0), curve) < STEP / 1.5
            for i, curve in enumerate(self.curves)
            if i != number
            for spot in spots
        )

    def _holds(self, center: Point, size: Size) -> bool:
        """Return whether a text is inside the room."""
        (x, y), (width, height) = center, size
        return (
            self.left <= x - width / 2
            and x + width / 2 <= self.right
            and self.foot <= y - height / 2
            and y + height / 2 <= self.top
        )

    def _cost(self, center: Point, number: int, size: Size) -> float:
        """Return how badly a text covers curves, or seems to belong to another curve."""
        own = other = float(FAR)
        for i, curve in enumerate(self.curves):
            distance = self._distance(center, size, curve)
            if i == number:
                own = distance
            else:
                other = min(other, distance)
        return (
            (FAR - other) / 2 + STRIKE * (min(own, other) < GAP / 2) + SEEMS * (other < own + 3)
        )

    def _covered(self, center: Point, size: Size) -> float:
        """Return the cost of covering other texts."""
        return STRIKE * sum(
            abs(center[0] - x) < (size[0] + width) / 2 + 6 * self.unit
            and abs(center[1] - y) < (size[1] + height) / 2 + 2 * self.unit
            for (x, y), (width, height) in self.texts
        )

    def _distance(self, center: Point, size: Size, curve: Sequence[Point]) -> float:
        """Return the distance of a box from a curve, at most `FAR`; 0 where it covers it."""
        (x, y), limit = center, FAR * self.unit
        half_width, half_height = size[0] / 2, size[1] / 2
        best = limit * limit
        for a, b in curve:
            right = abs(a - x) - half_width
            if right < limit:
                up = abs(b - y) - half_height
                if up < limit:
                    right, up = max(right, 0), max(up, 0)
                    best = min(best, right * right + up * up)
        return sqrt(best) / self.unit


def _length(line: Line) -> float:
    (x, y), (to_x, to_y) = line
    return hypot(to_x - x, to_y - y)
