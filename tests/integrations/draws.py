"""Numbers for the rows of other libraries: at random, and at the edges.

A set of numbers is drawn by the names of a row's parameters. A row's text says for which
numbers it holds; a set for which it does not is drawn again.
"""

import random
from functools import partial

LEFT_OUT = "left out"  # of a set in which the library's default arguments are left out
TRIES = 5000


def rate(r):
    """Return a learning rate of three digits."""
    return float(f"{10 ** r.uniform(-6, 0):.3g}")


def low(r):
    """Return a rate at one end of a schedule: 0, or as above."""
    return r.choice([0.0, rate(r), rate(r) / 100])


def whole(least, most, r):
    """Return an integer."""
    return r.randint(least, most)


def real(least, most, r):
    """Return a number of three digits."""
    return float(f"{r.uniform(least, most):.3g}")


def increasing(r):
    """Return some iterations, in order."""
    return sorted(r.sample(range(1, 200), r.randint(1, 6)))


def many(draw, r, like=None, more=0):
    """Return a list of numbers: as long as another list, or of a length at random."""
    return [draw(r) for _ in range(r.randint(2, 6) if like is None else len(like) + more)]


LENGTH = partial(whole, 1, 150), [1, 2]
WARMUP = partial(whole, 0, 60), [0, 1]
EPOCHS = partial(whole, 1, 40), [1, 2]
FACTOR = partial(real, 0.05, 1.1), [0.1, 1.0]
SHARE = partial(real, 0.01, 0.99), [0.25, 0.3]
FRACTION = partial(real, 0.01, 1), [1.0]
POWER = partial(real, 0.2, 4), [0.5, 1.0, 2.0]
GROWTH = partial(whole, 1, 4), [1, 2]
STRETCH = partial(real, 1, 3), [1.0, 2.0]
DIVISOR = partial(real, 1, 200), [1.0]
BETA = partial(real, 0.85, 0.999), [0.9, 0.95, 0.98, 0.99, 0.999]
WIDTH = partial(whole, 64, 1024), [512]
BOUND = partial(real, -7, 7), [-7.0, 3.0]
EPOCH_FRACTIONS = partial(real, 1, 40), [2.4]
COUNT = partial(whole, 1, 6), [1]
RATE = rate, [1.0, 1e-4]
LOW = low, [0.0]
MILESTONES = increasing, [[1]]
RATES = partial(many, rate), []
FACTORS = partial(many, partial(real, 0.1, 10)), []
LENGTHS = partial(many, LENGTH[0]), []
# How a number is drawn, and what its edges are, by what it is called.
NAMES = [
    (RATE, "base_rate base_value eta_max high initial_learning_rate initial_rate"),
    (RATE, "initial_value learning_rate lr max_learning_rate max_lr max_rate peak peak_value"),
    (RATE, "rate start swa_lr value warmup_lr warmup_target"),
    (LOW, "base_learning_rate base_lr base_lr_end end_learning_rate end_lr end_value"),
    (LOW, "eta_min final_lr init_lr init_value low lr_end lr_min min_lr start_lr start_value"),
    (LOW, "stop stop_factor_lr warmup_begin_lr warmup_lr_init warmup_start"),
    (LOW, "warmup_start_value"),
    (LENGTH, "anneal_epochs boundary cycle cycle_size decay_period decay_steps decay_t"),
    (LENGTH, "duration end epoch_length first first_decay_steps length lr_decay_steps"),
    (LENGTH, "max_update milestone num_decay_steps num_steps num_training_steps period second"),
    (LENGTH, "stable_timescale step step_size step_size_down step_size_up steps t_0 T_0"),
    (LENGTH, "t_initial t_max T_max timescale total total_iters total_steps transition_steps"),
    (LENGTH, "warmup_period wsd_decay_steps"),
    (WARMUP, "begin lr_warmup_steps num_stable_steps num_warmup_steps stable stable_steps t"),
    (WARMUP, "t_warmup transition_begin warmup warmup_duration warmup_epochs warmup_iters"),
    (WARMUP, "warmup_steps warmup_t"),
    (FACTOR, "compound cycle_decay decay decay_rate drop end_value_mult exp_gamma factor"),
    (FACTOR, "gamma lr_scale m_mul multiplier scale start_value_mult"),
    (POWER, "decay_power k_decay power pwr stable_power"),
    (SHARE, "cut_frac pct_final pct_start phase_pct share"),
    (BETA, "beta2"),
    (FRACTION, "alpha alpha_f alpha_i cos_min_ratio decay_ratio end_factor min_lr_ratio"),
    (FRACTION, "start_factor step_rate warmup_factor warmup_lr_rate warmup_min_ratio"),
    (GROWTH, "cycle_mul cycle_mult t_mult T_mult"),
    (COUNT, "cycle_limit cycles num_cycles num_decays stairs"),
    (EPOCHS, "batches epochs"),
    (EPOCH_FRACTIONS, "decay_epochs"),
    (BOUND, "lb ub"),
    (DIVISOR, "div_factor divide_factor final_div final_div_factor initial_div ratio"),
    (LENGTHS, "lengths periods"),
    (FACTORS, "scales weights"),
    (WIDTH, "d_model"),
    (RATES, "levels peaks rates values"),
    (STRETCH, "t_mul"),
    (MILESTONES, "boundaries milestones"),
]
DOMAINS = {name: domain for domain, names in NAMES for name in names.split()}
# A list that has to be as long as another, or longer by so much.
LONGER = {
    "values": {"boundaries": 1, "milestones": 1},
    "levels": {"milestones": 0},
    "scales": {"boundaries": 0},
    "lengths": {"peaks": 0},
    "weights": {"periods": 0},
}


def drawn(name, numbers, r):
    """Return a number of this name, which may depend on those before it."""
    for other, more in LONGER.get(name, {}).items():
        if other in numbers:
            return DOMAINS[name][0](r, numbers[other], more)
    return DOMAINS[name][0](r)


def draw(row, seed, **fixed):
    """Return the row with numbers drawn at random, or nothing if none of them is allowed."""
    r = random.Random(seed)
    for _ in range(TRIES):
        numbers = {}
        for name in row.numbers:
            numbers[name] = fixed[name] if name in fixed else drawn(name, numbers, r)
        changed = row._replace(numbers=numbers, rates=())
        if changed.holds:
            return changed
    return None


def sets(row, key, count):
    """Yield names and rows: `count` sets, or all with the edges if `count` is 0."""
    for number in range(count or 20):
        yield f"{key} {number}", draw(row, f"{key} {number}")
    if count:
        return
    for name in row.numbers:
        for edge in DOMAINS[name][1]:
            seed = f"{key} {name}={edge}"
            if found := draw(row, seed, **{name: edge}):
                yield seed, found
    if row.defaults and (found := draw(row, f"{key} {LEFT_OUT}", **row.defaults)):
        yield f"{key} {LEFT_OUT}", found
