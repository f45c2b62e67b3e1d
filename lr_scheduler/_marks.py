"""Where something happens on the curve of a schedule, and what."""

from itertools import islice, pairwise
from math import floor

from ._chart import Mark, number_text
from ._schedule import Scheduler

MOST = 12  # marks of a curve: with more, none is drawn


def marks(schedule: object, start: int, stop: int, high: float, curve: int = 0) -> list[Mark]:
    """Return the marks of a schedule from `start` to `stop`; `high` is its highest rate.

    Of a schedule that is a function nothing is known, so it has no marks.
    """
    if not isinstance(schedule, Scheduler):
        return []
    times = {*islice(schedule._bends(stop), 1000)}
    found = []
    for t in sorted({floor(time) for time in times if start <= time <= stop}):
        try:
            text = _event(schedule, t, high / 1000)
        except Exception:  # a formula of the user's may not reach beyond the curve
            continue
        if text is not None:
            found.append(Mark(t, schedule(t), text, curve))
    return found if len(found) <= MOST else []


def _event(schedule: Scheduler, t: int, least: float) -> str | None:
    """Return what happens at an iteration: empty if it has no name, None for nothing.

    A rate that changes by less than `least` from one iteration to the next does not jump.
    """
    r = [schedule(i) for i in range(max(t - 2, 0), t + 3)]
    r = r[:1] * (5 - len(r)) + r
    earlier, before, after, later = (b - a for a, b in pairwise(r))
    if abs(after) > max(least, 3 * abs(before), 3 * abs(later)):
        return f"{'drops' if after < 0 else 'jumps'} after {t:,}"
    if abs(before) > max(least, 3 * abs(earlier), 3 * abs(after)):  # the jump leads here
        return f"warm-up ends at {t:,}" if before > 0 else None
    if t == schedule.end and (before or not after):
        return f"{number_text(r[2])} from {t:,}" if max(r) != min(r) or before else ""
    if before > 0 >= after:
        is_warmup = t == getattr(schedule, "warmup_steps", None) or -after < before / 50
        return f"{'warm-up ends' if is_warmup else 'peaks'} at {t:,}"
    if before < 0 < after:
        return f"rises from {t:,}"
    if before == 0 != after:
        return f"{'decays' if after < 0 else 'rises'} from {t:,}"
    if after == 0 == before:
        return None
    return "" if abs(after - before) > max(abs(after), abs(before)) / 10 else None
