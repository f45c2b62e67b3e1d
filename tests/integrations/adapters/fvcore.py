"""fvcore's schedules: functions of the progress, (t - 1) / n for optimizer step t of n."""

from fvcore.common import param_scheduler
from support.run_code import last_value

NAMES = vars(param_scheduler)


def rates(code, updates):
    """Return the values at the progress before each optimizer step."""
    schedule = last_value(code, NAMES)
    return [float(schedule(count / updates)) for count in range(updates)]
