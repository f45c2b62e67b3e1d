"""What to show of a schedule: how far, at which iterations, and where something happens.

Schedules are taken as they are used: called, and asked for their `end` and their bends. So the
base class of all schedules can show itself.
"""

from collections.abc import Iterator
from itertools import islice
from math import ceil, floor
from typing import Any

from ._chart import Mark, number_text

ENDLESS = 1000  # iterations to show of a schedule that says nothing of its length
LONGEST = 2**53
POINTS = 600  # of a curve
MOST_BENDS = 1000  # looked at
MOST_MARKS = 12  # of a curve: with more, none is drawn


def extent(schedule: Any) -> int:
    """Return the number of iterations in which a schedule shows its shape."""
    end = getattr(schedule, "end", None)
    if end:
        return past_end(schedule, int(end))
    if end is None and hasattr(schedule, "_parameters"):  # a few drops, cycles or lengths
        return min(_span(schedule), LONGEST) or ENDLESS
    return ENDLESS


def past_end(schedule: Any, end: int) -> int:
    """Return the end of a schedule, or a tenth more if a final drop would not be seen."""
    level, before, last = (schedule(t) for t in (max(end - 2, 0), end - 1, end))
    return end + (end // 10 if level == before != last else 0)


def _span(value: Any) -> int:
    """Return four times the largest number among the parameters, or three growing cycles."""
    if hasattr(value, "_parameters"):
        starts: tuple[float, ...] = getattr(value, "_starts", ())
        end = ceil(starts[3]) if len(starts) > 3 else 0
        return max([end, *map(_span, value._parameters().values())])
    if isinstance(value, (tuple, list)):
        return max(map(_span, value), default=0)
    return 4 * int(value) if isinstance(value, (int, float)) else 0


def sampled(schedule: Any, start: int, stop: int, points: int = POINTS) -> list[int]:
    """Return iterations that show a schedule: as many as needed, and those around its bends."""
    if stop - start < points:
        return [*range(start, stop + 1)]
    even = {start + (stop - start) * i // (points - 1) for i in range(points)}
    bends = {floor(t) + i for t in _bends(schedule, stop) for i in (0, 1)}
    return sorted(even | {t for t in bends if start <= t <= stop})


def _bends(schedule: Any, stop: int, most: int = MOST_BENDS) -> set[float]:
    """Return the times where the formula changes; of a function they are unknown."""
    if not hasattr(schedule, "_bends"):
        return set()
    return {*islice(schedule._bends(stop), most)}


def marks(schedule: Any, start: int, stop: int, high: float, curve: int = 0) -> list[Mark]:
    """Return the marks of a schedule from `start` to `stop`; `high` is its highest rate."""
    found = [
        Mark(t, schedule(t), text, curve) for t, text in events(schedule, start, stop, high)
    ]
    return found if len(found) <= MOST_MARKS else []


def events(
    schedule: Any, start: int, stop: int, high: float, most: int = MOST_BENDS
) -> Iterator[tuple[int, str]]:
    """Yield the iterations where something happens, and what, which may have no name."""
    first, bends = max(start, 1), _bends(schedule, stop, most)
    for t in sorted({floor(time) for time in bends if first <= time <= stop}):
        try:
            text = _event(schedule, t, high / 1000)
        except Exception:  # a formula of the user's may not reach beyond the curve
            continue
        if text is not None:
            yield t, text


def _event(schedule: Any, t: int, least: float) -> str | None:
    """Return what happens at an iteration: empty if it has no name, None for nothing.

    A rate that changes by less than `least` from one iteration to the next does not jump.
    """
    r = [schedule(max(t + i, 0)) for i in (-2, -1, 0, 1, 2)]
    earlier, before, after, later = (r[i + 1] - r[i] for i in range(4))
    if abs(after) > max(least, 3 * abs(before), 3 * abs(later)):
        return f"{'drops' if after < 0 else 'jumps'} after {t:,}"
    if abs(before) > max(least, 3 * abs(earlier), 3 * abs(after)):  # the jump leads here
        return f"warm-up ends at {t:,}" if before > 0 else None
    if before == 0 == after:
        return None
    if t == schedule.end:
        return f"{number_text(r[2])} from {t:,} on"
    if before > 0 >= after:
        is_warmup = t == getattr(schedule, "warmup_steps", None) or -after < before / 50
        return f"{'warm-up ends' if is_warmup else 'peaks'} at {t:,}"
    if before < 0 < after:
        return f"rises from {t:,}"
    if before == 0:
        return f"{'decays' if after < 0 else 'rises'} from {t:,}"
    return "" if abs(after - before) > max(abs(after), abs(before)) / 10 else None
