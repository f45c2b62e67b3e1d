"""The highest ratio that a row of the tables may have: at most 1.5 times the measured one."""

SEQUENTIAL, LOOP = "PyTorch, `SequentialLR`", "a loop over MXNet"
LIMITS = {
    "One rate": {
        ("CosineScheduler", "MXNet"): 1.6,
        ("PolyScheduler", "MXNet"): 1.5,
        ("FactorScheduler", "MXNet"): 4,
        ("MultiFactorScheduler", "MXNet"): 2.6,
        ("CosineScheduler, written out in one method", "MXNet"): 1.2,
    },
    "1,000,000 rates": {
        ("CosineScheduler", "`numpy.cos`"): 2.4,
        ("PolyScheduler", "`numpy.cos`"): 0.85,
        ("FactorScheduler", "`numpy.full`"): 17,
        ("MultiFactorScheduler", "`numpy.full`"): 10,
        ("CosineScheduler", LOOP): 1 / 18,
        ("PolyScheduler", LOOP): 1 / 68,
        ("FactorScheduler", LOOP): 1 / 18,
        ("MultiFactorScheduler", LOOP): 1 / 31,
    },
    "A step of a PyTorch scheduler": {
        ("1 parameter group", SEQUENTIAL): 1,
        ("100 parameter groups", SEQUENTIAL): 0.46,
        ("100 parameter groups, a list", SEQUENTIAL): 0.5,
    },
    "An optimizer step of 1,000,000 weights": {
        (
            "SGD with momentum and weight decay, float32, one thread",
            "PyTorch, `foreach=True`",
        ): 1.3,
    },
    "A compiled JAX schedule": {
        (f"{schedule}, {what}", "optax"): limit
        for schedule, limits in {
            "constant_schedule": (1.1, 1.4),
            "linear_schedule": (1.1, 1.5),
            "polynomial_schedule": (1.1, 1.5),
            "cosine_decay_schedule": (0.95, 1.5),
            "exponential_decay": (0.9, 1.35),
            "exponential_decay, staircase": (0.95, 1.5),
            "piecewise_constant_schedule": (1.1, 1.4),
            "piecewise_interpolate_schedule, linear": (1.2, 1.4),
            "piecewise_interpolate_schedule, cosine": (0.45, 1.15),
            "warmup_constant_schedule": (1.1, 1.5),
            "warmup_cosine_decay_schedule": (0.95, 1.4),
            "warmup_exponential_decay_schedule": (0.95, 1.4),
            "cosine_onecycle_schedule": (0.6, 1.3),
            "linear_onecycle_schedule": (1.2, 1.25),
            "sgdr_schedule": (0.45, 1.25),
            "join_schedules": (0.95, 1.5),
            "join_schedules, a decay at the end": (1.2, 1.5),
        }.items()
        for what, limit in zip(("a step", "compiled"), limits, strict=True)
    },
    "The import": {("import lr_scheduler", "`import numpy`"): 0.55},
}
