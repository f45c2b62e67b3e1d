"""fvcore's schedules: functions of the progress, (t - 1) / total for optimizer step t."""

from support.run_code import last_value


def rates(code, updates):
    """Return the values at the progress before each optimizer step."""
    schedule, total = last_value(code, {}), last_value(f"{code}\ntotal", {})
    return [float(schedule(count / total)) for count in range(updates)]
