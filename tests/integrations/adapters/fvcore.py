"""fvcore's schedules: functions of the progress, which is (t - 1) / n for update t of n."""

from fvcore.common import param_scheduler
from support.run_code import last_value

NAMES = vars(param_scheduler)


def rates(code, updates):
    """Return the values at the progress before each update."""
    schedule = last_value(code, NAMES)
    return [float(schedule(count / updates)) for count in range(updates)]
