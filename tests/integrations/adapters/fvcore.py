"""fvcore's schedules: functions of the progress, (t - 1) / total for optimizer step t."""

from fvcore.common import param_scheduler
from support.run_code import last_value

NAMES = vars(param_scheduler)


def rates(code, updates):
    """Return the values at the progress before each optimizer step."""
    schedule, total = last_value(code, NAMES), last_value(f"{code}\ntotal", NAMES)
    return [float(schedule(count / total)) for count in range(updates)]
