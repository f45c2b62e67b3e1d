"""Paddle's schedulers, on a real optimizer that takes real steps."""

import paddle
from support.run_code import last_value


def rates(code, updates):
    """Return the rates that the optimizer used."""
    scheduler = last_value(code, {})
    parameter = paddle.create_parameter([1], "float64")
    optimizer = paddle.optimizer.SGD(scheduler, [parameter])
    used = []
    for _ in range(updates):
        used.append(float(optimizer.get_lr()))
        parameter.sum().backward()
        optimizer.step()
        optimizer.clear_grad()
        scheduler.step()
    return used
