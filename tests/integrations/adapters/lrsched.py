"""lrsched's schedules: functions of the step, which is t - 1 for optimizer step t."""

import lrsched
from support.run_code import last_value


def rates(code, updates):
    """Return the rates of the first steps."""
    return [float(rate) for rate in lrsched.sample(last_value(code, {}), num_steps=updates)]
