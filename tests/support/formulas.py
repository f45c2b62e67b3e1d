"""The numeric twin of every display formula of the docstrings, and arguments to compare them.

Each entry is the LaTeX of a formula, and a function that is written from it and reads like it.
The arguments are the symbols; what has no symbol has the parameter's name. Nothing here calls
the package: the expected curves of the plots are made of these functions, too.
"""
# ruff: noqa: E741, N803, N806  # the names are those of the formulas

from collections.abc import Callable
from itertools import count as from_0
from math import ceil, cos, floor, inf, pi, sqrt

DOCSTRINGS: dict[str, dict[str, Callable]] = {}


def latex(text):
    """Return LaTeX as it is compared: without white space."""
    return "".join(text.split())


def formula(name, text):
    """Enter a formula in the docstring of a public name, with its twin."""

    def enter(twin):
        DOCSTRINGS.setdefault(name, {})[latex(text)] = twin
        return twin

    return enter


@formula(
    "LRScheduler",
    r"""\eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t < w, \text{ linear} \\
        \eta_b & t < w, \text{ constant} \\
        \text{decay}(t) & t \ge w
    \end{cases}""",
)
def warm_up(t, η_0, η_b, w, warmup_mode, decay):
    if t < w and warmup_mode == "linear":
        return η_b + (η_0 - η_b) * t / w
    if t < w and warmup_mode == "constant":
        return η_b
    return decay(t)


@formula(
    "FactorScheduler",
    r"\eta_t = \max\!\left(\eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor},\ f\right)",
)
def factor(t, η_0, α, s, f):
    f = min(f, η_0)  # "or η_0, whichever is less"
    return η_0 if t == 0 else max(η_0 * α ** floor((t - 1) / s), f)


@formula("MultiFactorScheduler", r"\eta_t = \eta_0 \, \alpha^{\#\{b \in S \,:\, b < t\}}")
def multi_factor(t, η_0, α, S):
    return η_0 * α ** len({b for b in S if b < t})


@formula(
    "PolyScheduler",
    r"\eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)^p",
)
def poly(t, η_0, η_T, w, T, p):
    return η_T + (η_0 - η_T) * (1 - (t - w) / (T - w)) ** p if t <= T else η_T


@formula("linear", r"\eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)")
def linear(t, η_0, η_T, w, T):
    return η_T + (η_0 - η_T) * (1 - (t - w) / (T - w)) if t <= T else η_T


@formula(
    "CosineScheduler",
    r"""\eta_t = \eta_T + (\eta_0 - \eta_T) \,
        \frac{1 + \cos\!\left(\pi \, (t - w) / (T - w)\right)}{2}""",
)
def cosine(t, η_0, η_T, w, T):
    return η_T + (η_0 - η_T) * (1 + cos(pi * (t - w) / (T - w))) / 2 if t <= T else η_T


@formula("ExponentialScheduler", r"\eta_t = \eta_0 \, \alpha^{(t - w) / s}")
def exponential(t, η_0, α, s, w):
    return η_0 * α ** ((t - w) / s)


@formula("PowerScheduler", r"\eta_t = \eta_0 \left(1 + \frac{t - w}{s}\right)^{-p}")
def power(t, η_0, s, p, w):
    return η_0 * (1 + (t - w) / s) ** -p


@formula(
    "inverse_sqrt",
    r"""\eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t < w \\
        \eta_0 \sqrt{w / t} & t \ge w
        \end{cases}""",
)
def inverse_sqrt(t, η_0, η_b, w):
    return η_b + (η_0 - η_b) * t / w if t < w else η_0 * sqrt(w / t)


@formula(
    "PiecewiseScheduler",
    r"""g(u) = \begin{cases}
            1 & \text{constant} \\
            1 - u & \text{linear} \\
            (1 + \cos \pi u) / 2 & \text{cosine} \\
            1 - \sqrt{u} & \text{1-sqrt} \\
            1 - u^p & p
        \end{cases}""",
)
def g(u, mode):
    shapes = {"constant": 1, "linear": 1 - u, "cosine": (1 + cos(pi * u)) / 2}
    shapes["1-sqrt"] = 1 - sqrt(u)
    return shapes[mode] if isinstance(mode, str) else 1 - u**mode


@formula(
    "PiecewiseScheduler",
    r"""\eta_t = \begin{cases}
            l_k^{1 - u} \, l_{k+1}^u & \text{exponential} \\
            \left((1 - u) / l_k + u / l_{k+1}\right)^{-1} & \text{inverse}
        \end{cases}
        \qquad u = \frac{t - s_k}{s_{k+1} - s_k}""",
)
def straight_on_another_scale(u, l_k, l_next, mode):
    if mode == "exponential":
        return l_k ** (1 - u) * l_next**u
    return ((1 - u) / l_k + u / l_next) ** -1


def between(u, l_k, l_next, mode):
    if mode in ("exponential", "inverse"):
        return straight_on_another_scale(u, l_k, l_next, mode)
    return l_next + (l_k - l_next) * g(u, mode)


@formula(
    "PiecewiseScheduler",
    r"""\eta_t = l_{k+1} + (l_k - l_{k+1}) \, g\!\left(\frac{t - s_k}{s_{k+1} - s_k}\right),
        \qquad s_k < t \le s_{k+1}""",
)
def piecewise(t, boundaries, values, mode):
    s, l = boundaries, values
    if t <= s[0]:  # "until the first knot the rate is the first one"
        return l[0]
    for k in range(len(s) - 1):
        if s[k] < t <= s[k + 1]:
            shape = mode[k] if isinstance(mode, list) else mode
            return between((t - s[k]) / (s[k + 1] - s[k]), l[k], l[k + 1], shape)
    return l[-1]  # "after the last knot the last one"


@formula(
    "one_cycle",
    r"""\eta_t = \begin{cases}
        \eta_0 + (\eta_b - \eta_0) \, (1 + \cos(\pi t / w)) / 2 & t \le w \\
        \eta_T + (\eta_0 - \eta_T) \, (1 + \cos(\pi (t - w) / (T - w))) / 2 & t \ge w
        \end{cases}""",
)
def one_cycle(t, η_0, η_b, η_T, w, T):
    η_b = η_0 / 25 if η_b is None else η_b  # "a 25th of base_lr by default"
    η_T = η_b / 10000 if η_T is None else η_T  # "warmup_begin_lr / 10000 by default"
    if t <= w:
        return η_0 + (η_b - η_0) * (1 + cos(pi * t / w)) / 2
    return η_T + (η_0 - η_T) * (1 + cos(pi * (t - w) / (T - w))) / 2 if t <= T else η_T


@formula(
    "warmup_stable_decay",
    r"""\eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
        \eta_0 & w \le t \le T - d \\
        \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & T - d \le t \le T
        \end{cases}""",
)
def warmup_stable_decay(t, η_0, η_b, η_T, w, d, T, mode):
    if t < w:
        return η_b + (η_0 - η_b) * t / w
    if w <= t <= T - d:
        return η_0
    return between((t - T + d) / d, η_0, η_T, mode) if t <= T else η_T


@formula(
    "cooldown",
    r"""\eta^\prime_t = \begin{cases}
        \eta_t & t \le a \\
        \eta_T + (\eta_a - \eta_T) \, g((t - a) / d) & a \le t \le a + d
        \end{cases}""",
)
def cooldown(t, scheduler, a, d, η_T, mode):
    η = scheduler if callable(scheduler) else lambda t: scheduler
    if t <= a:
        return η(t)
    return between((t - a) / d, η(a), η_T, mode) if t <= a + d else η_T


@formula("constant", r"\eta_t = l")
def constant(t, l):
    return l


@formula("join", r"\eta_t = \eta^{(k)}_{t - b_k}, \qquad b_k < t \le b_{k+1}")
def join(t, schedulers, boundaries):
    η, b = schedulers, [0, *boundaries, inf]
    k = next((k for k in range(len(η)) if b[k] < t <= b[k + 1]), 0)  # b_0 is iteration 0's too
    return η[k](t - b[k]) if callable(η[k]) else η[k]


def start(i, s, m):
    """Return the boundary b_i before cycle i."""
    return s * sum(m**j for j in range(i))


def cycle(t, s, m, cycles, count_from=1):
    """Return the number of the cycle of an iteration, and the time in it.

    After the last cycle the last iteration of the cycle is held.
    """
    end = inf if cycles is None else start(cycles, s, m)
    if count_from == 0:  # the optimizer steps before an iteration are counted
        u = max(t - 1, 0)
        while u >= end:
            u -= 1
        i = next(i for i in from_0() if start(i, s, m) <= u < start(i + 1, s, m))
        return i, u - start(i, s, m)
    t = min(t, end)
    i = next((i for i in from_0() if start(i, s, m) < t <= start(i + 1, s, m)), 0) if t else 0
    return i, t - start(i, s, m)


@formula(
    "repeat",
    r"""\eta_t = \gamma^i \, \eta^{(0)}\!\left(\frac{t - b_i}{m^i}\right), \qquad
        b_i < t \le b_{i+1}, \qquad b_i = s \, (1 + m + \ldots + m^{i-1})""",
)
def repeat(t, scheduler, s, cycles, m, γ, count_from):
    i, elapsed = cycle(t, s, m, cycles, count_from)
    return γ**i * scheduler(elapsed / m**i)


@formula(
    "cosine_restarts",
    r"""\eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \,
        \frac{1 + \cos\!\left(\pi \, (t - b_i) / (s \, m^i)\right)}{2},
        \qquad b_i < t \le b_{i+1}""",
)
def cosine_restarts(t, η_0, η_T, s, cycles, m, γ, count_from):
    i, elapsed = cycle(t, s, m, cycles, count_from)
    return η_T + (η_0 - η_T) * γ**i * (1 + cos(pi * elapsed / (s * m**i))) / 2


@formula(
    "cyclic",
    r"""\eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \begin{cases}
        x / r & x \le r \\
        (s - x) / (s - r) & x \ge r
        \end{cases}
        \qquad x = t - i s""",
)
def cyclic(t, η_0, η_T, s, r, cycles, γ):
    r = s / 2 if r is None else r  # "half the cycle by default"
    i, x = cycle(t, s, 1, cycles)
    return η_T + (η_0 - η_T) * γ**i * (x / r if x <= r else (s - x) / (s - r))


@formula("BatchClock", r"\tau_t = \sum_k B_k \, \min(\max(t - b_k, 0),\ b_{k+1} - b_k)")
def batch_clock(t, batch_sizes, boundaries):
    B, b = batch_sizes, [0, *boundaries, inf]  # "The last batch size has no end"
    return sum(B[k] * min(max(t - b[k], 0), b[k + 1] - b[k]) for k in range(len(B)))


@formula("Scheduler.over", r"\eta^\prime_t = \eta_{\tau(t)}")
def over(t, η, τ):
    return η(τ(t))


@formula("Scheduler.clip", r"\eta^\prime_t = \min(\max(\eta_t, l), h)")
def clip(t, η, l, h):
    l, h = -inf if l is None else l, inf if h is None else h  # "no limit by default"
    return min(max(η(t), l), h)


@formula("Scheduler.delay", r"\eta^\prime_t = \eta_{\max(t - n, 0)}")
def delay(t, η, n):
    return η(max(t - n, 0))


@formula(
    "Scheduler.stretch",
    r"""\eta^\prime_t = \eta_{t / c} \quad\text{or, with hold,}\quad
        \eta^\prime_t = \eta_{\lceil t / c \rceil}""",
)
def stretch(t, η, c, hold):
    return η(ceil(t / c)) if hold else η(t / c)


@formula(
    "PlateauRule",
    r"""\ell = \begin{cases}
            b \, (1 - \theta) & \text{min, rel} \\
            b - \theta & \text{min, abs} \\
            b \, (1 + \theta) & \text{max, rel} \\
            b + \theta & \text{max, abs}
        \end{cases}
        \qquad \gamma^\prime = \max(\alpha \gamma,\ \gamma_m)""",
)
def plateau(b, γ, θ, α, γ_m, mode, threshold_mode):
    limits = {
        "min rel": b * (1 - θ),
        "min abs": b - θ,
        "max rel": b * (1 + θ),
        "max abs": b + θ,
    }
    return limits[f"{mode} {threshold_mode}"], max(α * γ, γ_m)


@formula(
    "SGD",
    r"""g' &= \text{clip}(r \, g, -c, c) + \lambda \theta \\
        v &\leftarrow \mu v - \eta_t \, g' \\
        \theta &\leftarrow \theta + v""",
)
def sgd(θ, v, g, η_t, μ, λ, r, c):
    c = inf if c is None else c  # "no limit by default"
    g = min(max(r * g, -c), c) + λ * θ
    v = μ * v - η_t * g
    θ = θ + v
    return θ, v


def falling(t):
    return 0.7 / (1 + t) ** 0.3


def growing(t):
    return 0.4 * t + 0.01 * t**2


# No value is one with which a wrong formula agrees: no power of 1, no rate of 0, no equal ones.
WARM = {"base_lr": 0.9, "warmup_steps": 7, "warmup_begin_lr": 0.2, "warmup_mode": "constant"}
WARM_UPS = [{key: WARM[key] for key in list(WARM)[:count]} for count in (1, 3, 4)]
HEIGHTS = {"base_lr": 0.9, "final_lr": 0.15}
END = {"max_update": 60, "final_lr": 0.15}
STABLE = {"max_update": 60, "decay_steps": 23, **HEIGHTS}
KNOTS = {"boundaries": [3, 9, 20, 40, 70], "values": [0.3, 0.9, 0.25, 0.5, 0.15]}
MODES = ["linear", "cosine", "1-sqrt", "exponential", "inverse", 0.5, 1, 2, 3.5]
CYCLES = [
    {"period": 8},
    {"period": 8, "lr_factor": 0.7},
    {"period": 8, "period_factor": 1.5, "lr_factor": 0.7},
    {"period": 5, "cycles": 3, "period_factor": 2, "lr_factor": 1.3},
    {"period": 16, "cycles": 4, "period_factor": 0.5, "lr_factor": 1.3},
    {"period": 8, "period_factor": 1.5, "lr_factor": 0.7, "count_from": 0},
    {"period": 8, "cycles": 5, "lr_factor": 0.7, "count_from": 0},
    *({"period": 7.25, "lr_factor": 0.7, "count_from": count_from} for count_from in (0, 1)),
    {"period": 7.25, "cycles": 3, "period_factor": 1.5, "lr_factor": 0.7, "count_from": 0},
    {"period": 7.25, "cycles": 5, "lr_factor": 0.7, "count_from": 0},
]


def warmed(*arguments):
    """Return each of the arguments with each warm-up."""
    return [own | warm for warm in WARM_UPS for own in arguments]


ARGUMENTS = {
    "LRScheduler": WARM_UPS,
    "FactorScheduler": warmed(
        {"step": 5, "factor": 0.6},
        *({"step": 6, "factor": 0.6, "stop_factor_lr": floor} for floor in (0.05, 0.95)),
    ),
    "MultiFactorScheduler": warmed({"step": [5, 8, 70], "factor": 0.6}),
    "PolyScheduler": warmed(END, END | {"pwr": 0.7}, END | {"final_lr": 1.1}),
    "linear": warmed(END, END | {"final_lr": 1.1}),
    "CosineScheduler": warmed(END, END | {"final_lr": 1.1}),
    "ExponentialScheduler": warmed(
        {"decay_steps": 30, "factor": 0.6},
        {"decay_steps": 12.5, "factor": 1.3},
        {"decay_steps": 12.5, "factor": 0.6},
    ),
    "PowerScheduler": warmed(
        {"decay_steps": 30}, *({"decay_steps": 30.5, "pwr": pwr} for pwr in (0.7, 1, 2))
    ),
    "inverse_sqrt": [
        {"warmup_steps": 9, "base_lr": 0.9},
        {"warmup_steps": 20, "base_lr": 0.9, "warmup_begin_lr": 0.2},
    ],
    "PiecewiseScheduler": [
        KNOTS | {"mode": mode}
        for mode in [
            *("constant", *MODES),
            *(["1-sqrt", "constant", "cosine", "linear"], [2, "exponential", 0.7, "inverse"]),
        ]
    ]
    + [{"boundaries": [2.5, 9.75, 60], "values": [0.3, 0.9, 0.25], "mode": "cosine"}],
    "one_cycle": [
        {"max_update": 60, "warmup_steps": 17, "base_lr": 0.9},
        {"max_update": 60, "warmup_steps": 17, "warmup_begin_lr": 0.2, **HEIGHTS},
        {"max_update": 59.5, "warmup_steps": 17.25, "base_lr": 0.9, "final_lr": 1.1},
    ],
    "warmup_stable_decay": [
        *(STABLE | {"warmup_steps": 7, "mode": mode} for mode in MODES),
        STABLE,
        STABLE | {"decay_steps": 53, "warmup_steps": 7, "warmup_begin_lr": 0.2},
        STABLE | {"decay_steps": 20.5, "warmup_steps": 6.25, "final_lr": 1.1},
    ],
    "cooldown": [
        *(
            {"scheduler": 0.7, "at": 9, "decay_steps": 30.5, "final_lr": 0.15, "mode": mode}
            for mode in MODES
        ),
        {"scheduler": falling, "at": 20, "decay_steps": 30},
        {"scheduler": falling, "at": 0, "decay_steps": 30, "final_lr": 1.1},
        {"scheduler": 0.7, "at": 15, "decay_steps": 8, "final_lr": 0.2, "mode": "1-sqrt"},
    ],
    "cosine_restarts": [
        *(each | HEIGHTS for each in CYCLES),
        *({"period": s, "base_lr": 0.15, "final_lr": 0.9} for s in (8, 7.25)),
    ],
    "cyclic": [
        {"period": 10, **HEIGHTS, **own}
        for own in (
            {},
            {"rise_steps": 3, "lr_factor": 0.7},
            {"rise_steps": 3, "cycles": 3, "lr_factor": 1.3},
            {"period": 9},
            {"period": 7.75, "rise_steps": 2.5, "cycles": 3},
            {"base_lr": 0.15, "final_lr": 0.9},
        )
    ],
    "constant": [{"lr": 0.9}],
    "join": [
        {"schedulers": [falling, 0.5, falling], "boundaries": [5, 20]},
        {"schedulers": [0.5, falling], "boundaries": [1]},
    ],
    "repeat": [{"scheduler": falling} | each for each in CYCLES],
    "BatchClock": [
        {"batch_sizes": [3]},
        {"batch_sizes": [0.4, 3, 0.7], "boundaries": [5, 20]},
    ],
    "Scheduler.over": [{"clock": growing}],
    "Scheduler.clip": [{"low": 0.2, "high": 0.4}, {"low": 0.4}, {"high": 0.3}],
    "Scheduler.delay": [{"n": n} for n in (-5, 5, -2.5, 0.75)],
    "Scheduler.stretch": [
        {"factor": c, "hold": hold} for c in (3, 2.5, 0.4) for hold in (False, True)
    ],
}
