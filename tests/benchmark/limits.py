"""The highest ratio that a row of the tables may have: at most 1.5 times the measured one."""

STEP, LOOP = "PyTorch, `step()`", "a loop over MXNet"
LIMITS = {
    "One rate": {
        ("CosineScheduler", "MXNet"): 1.35,
        ("PolyScheduler", "MXNet"): 1.25,
        ("FactorScheduler", "MXNet"): 4,
        ("MultiFactorScheduler", "MXNet"): 2.3,
        ("CosineScheduler, written out in one method", "MXNet"): 1.1,
        ("CosineScheduler", STEP): 1 / 7,
        ("PolyScheduler", STEP): 1 / 7,
        ("FactorScheduler", STEP): 1 / 5,
        ("MultiFactorScheduler", STEP): 1 / 7,
    },
    "1,000,000 rates": {
        ("CosineScheduler", "`numpy.cos`"): 1.7,
        ("PolyScheduler", "`numpy.cos`"): 1.7,
        ("FactorScheduler", "`numpy.full`"): 18,
        ("MultiFactorScheduler", "`numpy.full`"): 10,
        ("CosineScheduler", LOOP): 1 / 15,
        ("PolyScheduler", LOOP): 1 / 15,
        ("FactorScheduler", LOOP): 1 / 15,
        ("MultiFactorScheduler", LOOP): 1 / 28,
    },
    "An update of 1,000,000 weights": {
        (
            "SGD with momentum and weight decay, float32, one thread",
            "PyTorch, `foreach=True`",
        ): 1.3,
    },
    "The import": {("import lr_scheduler", "`import numpy`"): 0.5},
}
