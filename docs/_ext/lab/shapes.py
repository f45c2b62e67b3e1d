"""What the reader of the lab can start from, in 1000 iterations with a peak of 1."""

SHAPES = {
    "constant": "constant(1)",
    "constant, low": "constant(0.1)",
    "linear": "linear(1000, base_lr=1)",
    "cosine": "CosineScheduler(1000, base_lr=1)",
    "warm-up and cosine": "CosineScheduler(1000, base_lr=1, warmup_steps=100)",
    "long warm-up and cosine": "CosineScheduler(1000, base_lr=1, warmup_steps=200)",
    "warmup-stable-decay (WSD)": (
        'warmup_stable_decay(1000, 200, base_lr=1, warmup_steps=100, mode="linear")'
    ),
    "drops": "MultiFactorScheduler([500, 750], 0.1, base_lr=1)",
    "one-cycle": "one_cycle(1000, 300, base_lr=1)",
    "half a cosine": "CosineScheduler(500, base_lr=1)",
    "restarts": "cosine_restarts(250, base_lr=1)",
    "inverse square root": "inverse_sqrt(100, base_lr=1)",
}
# The schedules of the first view.
START = ("constant", "constant, low", "cosine")
