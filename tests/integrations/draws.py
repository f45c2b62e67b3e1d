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
COUNT = partial(whole, 1, 6), [1]
RATE = rate, [1.0, 1e-4]
LOW = low, [0.0]
MILESTONES = increasing, [[1]]
RATES = partial(many, rate), []
FACTORS = partial(many, partial(real, 0.1, 10)), []
LENGTHS = partial(many, LENGTH[0]), []
# How a number is drawn, and what its edges are, by what it is called.
NAMES = [
    (RATE, "rate base_rate start initial_rate max_rate"),
    (LOW, "min_lr stop final_lr warmup_begin_lr stop_factor_lr"),
    (LENGTH, "steps total_steps num_steps step max_update warmup_period"),
    (WARMUP, "t"),
    (FACTOR, "compound"),
    (POWER, "pwr"),
    (SHARE, "cut_frac"),
    (BETA, "beta2"),
    (RATE, "initial_value high"),
    (LOW, "warmup_start_value"),
    (LENGTH, "cycle_size length cycle"),
    (WARMUP, "warmup_duration stable"),
    (FACTOR, "start_value_mult end_value_mult"),
    (FRACTION, "warmup_min_ratio cos_min_ratio step_rate"),
    (GROWTH, "cycle_mult"),
    (COUNT, "stairs"),
    (RATE, "warmup_lr"),
    (LOW, "lr_min warmup_lr_init"),
    (LENGTH, "duration t_max decay_period t_0 t_initial decay_t stable_timescale tenths"),
    (WARMUP, "t_warmup warmup_t warmup_epochs"),
    (EPOCHS, "batches epochs"),
    (FACTOR, "cycle_decay lr_scale"),
    (FRACTION, "alpha_i alpha_f decay_ratio"),
    (FRACTION, "ratio"),
    (POWER, "k_decay decay_power stable_power"),
    (GROWTH, "cycle_mul"),
    (COUNT, "cycle_limit"),
    (BOUND, "lb ub"),
    (LOW, "warmup_start init_lr"),
    (LENGTH, "first second lr_decay_steps wsd_decay_steps"),
    (WARMUP, "lr_warmup_steps"),
    (FACTOR, "drop multiplier"),
    (GROWTH, "t_mult"),
    (DIVISOR, "initial_div final_div"),
    (RATE, "eta_max"),
    (LOW, "lr_end"),
    (LENGTH, "num_training_steps num_decay_steps timescale end epoch_length"),
    (WARMUP, "num_warmup_steps num_stable_steps begin"),
    (FRACTION, "min_lr_ratio warmup_lr_rate"),
    (COUNT, "num_cycles"),
    (LENGTHS, "periods"),
    (FACTORS, "weights"),
    (RATE, "learning_rate max_learning_rate base_value peak"),
    (LOW, "end_lr start_lr base_learning_rate start_value low"),
    (LENGTH, "total"),
    (FACTOR, "exp_gamma"),
    (SHARE, "phase_pct share"),
    (DIVISOR, "divide_factor"),
    (COUNT, "num_decays"),
    (WIDTH, "d_model"),
    (RATES, "rates levels"),
    (RATE, "value peak_value"),
    (LOW, "init_value end_value"),
    (LENGTH, "transition_steps boundary"),
    (WARMUP, "transition_begin stable_steps"),
    (FACTOR, "scale"),
    (SHARE, "pct_final"),
    (COUNT, "cycles"),
    (RATES, "peaks"),
    (FACTORS, "scales"),
    (LENGTHS, "lengths"),
    (RATE, "lr max_lr swa_lr initial_learning_rate warmup_target"),
    (LOW, "eta_min base_lr end_learning_rate"),
    (LENGTH, "step_size total_iters T_max T_0 step_size_up step_size_down total_steps period"),
    (LENGTH, "milestone anneal_epochs decay_steps first_decay_steps"),
    (WARMUP, "warmup warmup_steps"),
    (FACTOR, "gamma factor decay decay_rate m_mul"),
    (FRACTION, "start_factor end_factor alpha"),
    (SHARE, "pct_start"),
    (POWER, "power"),
    (GROWTH, "T_mult"),
    (STRETCH, "t_mul"),
    (DIVISOR, "div_factor final_div_factor"),
    (MILESTONES, "milestones boundaries"),
    (RATES, "values"),
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
