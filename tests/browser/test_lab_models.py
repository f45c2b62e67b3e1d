"""The models of the lab: they compute what the gallery documents, fast and small."""

import gzip
import shutil

import numpy as np
import pytest
from browser import ROOT, serve
from lab.data import GALLERY, NETWORK, definitions, write

from lr_scheduler import CosineScheduler, constant, cosine_restarts, join, warmup_stable_decay

MODELS = ["quadratic.js", "law.js", "network.js", "improve.js"]
DATA = ["digits.js", "laws.js"]
STATIC = ROOT / "docs" / "_ext" / "lab" / "static"
PAGE = "<!doctype html><title>Models</title>\n" + "\n".join(
    f'<script src="{name}"></script>' for name in [*MODELS, *DATA]
)
WORKER = f"""
    importScripts(...{[*MODELS, *DATA]});
    const network = new lab.Network(lab.digits);
    network.step(0.02);
    const {{loss, knots}} = lab.improve({{objective: "quadratic", knots: [1, 0]}}).next().value;
    const end = lab.law([9], [3e-4], lab.laws["400M"])[0];
    postMessage([network.iteration, loss, end].map(Number.isFinite));
"""
# Arrays of numbers as lists, in what a script returns.
PLAIN = """
    const plain = (value) => {
        if (ArrayBuffer.isView(value) || Array.isArray(value)) return [...value].map(plain);
        if (typeof value !== "object") return value;
        const entries = Object.entries(value).map(([key, each]) => [key, plain(each)]);
        return Object.fromEntries(entries);
    };
"""

WHY = definitions(GALLERY / "plot_10_why.py", *NETWORK, "targets", "test", "cosine")
NOISE = definitions(GALLERY / "plot_24_noise.py", "curvature", "gradient_noise")
LAW = definitions(
    GALLERY / "plot_25_law.py",
    *("laws", "measured", "warm", "low", "flat", "cosine", "wsd", "schedules"),
)
IMPROVE = definitions(GALLERY / "plot_26_improve.py", "L0", "B", "peak", "times", "curvature")

T = np.arange(1, 1001)
RATES = {
    "constant": constant(1)(T),
    "cosine": CosineScheduler(1000, base_lr=1)(T),
    "random": np.random.default_rng(0).uniform(0, 1.9, 1000),
}
PROBLEMS = [{}, {"noise": 0.7}, {"curvature": 1.5}, {"directions": 3}]
CONSTANTS = dict(
    zip(["L0", "A", "alpha", "B", "C", "beta", "gamma"], LAW["laws"]["400M"], strict=True)
)


@pytest.fixture(scope="module")
def page(started, tmp_path_factory):
    """Open a page that loads the models and their data, under the policy of the site."""
    folder = tmp_path_factory.mktemp("lab")
    write(folder)
    for name in MODELS:
        shutil.copy(STATIC / name, folder)
    (folder / "index.html").write_text(PAGE, "utf-8")
    (folder / "worker.js").write_text(WORKER, "utf-8")
    with serve(folder) as server:
        server.missing.add("/favicon.ico")
        started.console()
        started.get(server.url)
        assert [each for each in started.console() if "favicon" not in each] == []
        yield started


def run(page, script, *arguments):
    """Run a script in the page, and return its value."""
    plain = [each.tolist() if isinstance(each, np.ndarray) else each for each in arguments]
    return page.execute_script(f"{PLAIN} return plain((() => {{{script}}})());", *plain)


def close(expected, relative):
    """Compare with a relative error alone."""
    return pytest.approx(np.asarray(expected).tolist(), rel=relative, abs=0)


def derivatives(function, at, indices, step):
    """Return the derivatives of a function, by differences of fourth order."""
    return [
        sum(
            weight * function(at + k * step * np.eye(len(at))[i])
            for k, weight in ((1, 8), (-1, -8), (2, -1), (-2, 1))
        )
        / (12 * step)
        for i in indices
    ]


@pytest.mark.parametrize("name", RATES)
def test_the_loss_of_the_quadratic_is_that_of_the_gallery(page, name):
    way, noise = NOISE["expected_loss"](RATES[name])
    found = run(page, "return lab.quadratic(arguments[0]);", RATES[name])

    assert found["way"] == close(way, 1e-12)
    assert found["noise"] == close(noise, 1e-12)
    assert sum(found["mean"]) == close(way[-1], 1e-12)
    assert sum(found["variance"]) == close(noise[-1], 1e-12)


def test_settings_of_the_quadratic_scale_its_loss(page):
    script = "return lab.quadratic(...arguments);"
    plain, doubled = (run(page, script, RATES["random"] / 2, {"noise": c}) for c in (0.3, 0.6))
    steep = run(page, script, RATES["random"] / 4, {"curvature": 2})
    few = run(page, script, RATES["random"], {"directions": 3})
    many = run(page, script, RATES["random"])

    assert doubled["way"] == plain["way"]
    assert doubled["noise"] == close(np.multiply(2, plain["noise"]), 1e-12)
    assert steep["way"] == close(np.multiply(2, plain["way"]), 1e-12)
    assert steep["noise"] == close(plain["noise"], 1e-12)
    assert few["mean"] + few["variance"] == many["mean"][:3] + many["variance"][:3]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_gradient_of_the_quadratic_is_its_derivative(page, problem):
    rates = RATES["cosine"][::50] + 0.01

    def loss(rates):
        found = run(page, "return lab.quadratic(...arguments);", rates, problem)
        return found["way"][-1] + found["noise"][-1]

    found = run(page, "return lab.quadraticGradient(...arguments);", rates, problem)

    assert found["loss"] == close(loss(rates), 1e-12)
    assert found["gradient"] == close(derivatives(loss, rates, range(20), 1e-3), 1e-8)


def test_the_gradient_of_the_quadratic_is_that_of_the_gallery(page):
    loss, gradient = IMPROVE["quadratic"](RATES["cosine"])
    found = run(page, "return lab.quadraticGradient(arguments[0]);", RATES["cosine"])

    assert found["loss"] == close(loss, 1e-12)
    assert found["gradient"] == close(gradient, 1e-9)


LEARN = """
    const [rates, seed, scale] = arguments, losses = [];
    const network = new lab.Network(lab.digits, {seed, scale});
    for (const rate of rates) {
        network.step(rate);
        if (network.iteration % 20 === 0) losses.push(network.loss());
    }
    return {losses, accuracy: network.accuracy(), layers: network.layers};
"""


@pytest.mark.parametrize("schedule", [constant(0.001), constant(0.02), WHY["cosine"]], ids=repr)
def test_the_network_has_the_losses_of_the_gallery(page, schedule):
    losses, accuracy = WHY["learn"](schedule)
    found = run(page, LEARN, [float(schedule(t)) for t in range(1, 1001)], 0)

    assert found["losses"] == close(losses, 1e-9)
    assert found["accuracy"] == accuracy


def test_initial_weights_of_the_network_may_be_larger(page):
    larger = definitions(GALLERY / "plot_10_why.py", *NETWORK, "targets", "test")
    larger["initial"][:] = [4 * weight for weight in larger["initial"]]
    losses, _ = larger["learn"](constant(0.02))

    assert run(page, LEARN, [0.02] * 1000, 0, 4)["losses"] == close(losses, 1e-9)


def test_a_seed_of_the_network_draws_normal_weights(page):
    one, same, other = (run(page, LEARN, [], seed)["layers"] for seed in (1, 1, 2))
    layers = [np.array(layer) / np.sqrt(2 / 64) for layer in one]
    first, second = layers

    assert one == same
    assert one[0] != other[0]
    assert [len(first), len(second)] == [64 * 64, 64 * 10]
    assert len({*first, *second}) == 64 * 74
    for layer in layers:  # within four standard errors
        z = np.sqrt(layer.size)
        assert abs(layer.mean()) < 4 / z
        assert abs((layer**2).mean() - 1) < 4 * np.sqrt(2) / z
        assert abs((layer**4).mean() - 3) < 4 * np.sqrt(96) / z


def test_a_seed_of_the_network_draws_batches(page):
    losses = [run(page, LEARN, [0.02] * 1000, seed)["losses"] for seed in (1, 1, 2, 3)]

    assert losses[0] == losses[1]
    assert len({each[-1] for each in losses}) == 3
    assert max(each[-1] for each in losses) < 0.2


def test_the_network_tells_the_loss_of_the_first_images(page):
    weights = [layer.copy() for layer in WHY["initial"]]
    first = WHY["train"][:200]
    _, log_p = WHY["predict"](weights, WHY["images"][first])
    loss = -(WHY["targets"][first] * log_p).sum(axis=1).mean()

    assert run(page, "return new lab.Network(lab.digits).loss(200);") == close(loss, 1e-12)


def test_the_network_refuses_more_steps_than_batches(page):
    script = """
        const network = new lab.Network(lab.digits);
        try {
            for (;;) network.step(0);
        } catch (error) {
            return [network.iteration, error.name];
        }
    """

    assert run(page, script) == [1000, "RangeError"]


LAST_LOSS = "return lab.law(...arguments).at(-1);"


def predicted(rates, at):
    return LAW["predict"](np.asarray(rates), [*CONSTANTS.values()], at)


@pytest.mark.parametrize(
    "schedule",
    [
        warmup_stable_decay(600, 120, base_lr=3e-4, warmup_steps=54),
        cosine_restarts(150, base_lr=3e-4),
        3e-4 - CosineScheduler(600, base_lr=3e-4),
        join([3e-4, 0], [300]),
    ],
    ids=["WSD", "restarts", "rise", "drop to 0"],
)
def test_the_law_at_each_iteration_is_that_of_the_gallery(page, schedule):
    t = np.arange(1, 601)
    rates = schedule(t)
    script = "return lab.law(...arguments);"

    assert run(page, script, t, rates, CONSTANTS) == close(predicted(rates, t), 1e-9)
    assert run(page, script, t, rates, CONSTANTS, 7) == close(predicted(rates, t[4::7]), 1e-9)


@pytest.mark.parametrize("name", LAW["schedules"])
def test_240_samples_tell_the_last_loss(page, name):
    last = 72_000 if "72000" in name else 24_000
    schedule = LAW["schedules"][name]
    t = np.arange(last // 240, last + 1, last // 240)
    rates = schedule(t)
    if "wsdcon" in name:  # a jump: a second sample at the same time
        after = np.searchsorted(t, 8000) + 1
        t, rates = np.insert(t, after, 8000), np.insert(rates, after, rates[after])
    (expected,) = predicted(schedule(np.arange(1, last + 1)), [last])

    assert abs(run(page, LAST_LOSS, t, rates, CONSTANTS) - expected) < 3e-4


SHAPES = {
    "constant": constant(1),
    "cosine": CosineScheduler(1000, base_lr=1, warmup_steps=90),
    "line": warmup_stable_decay(1000, 40, base_lr=1),
    "1-sqrt": warmup_stable_decay(1000, 200, base_lr=1, mode="1-sqrt"),
    "drop": LAW["flat"].replace(step=[980], factor=0.1, base_lr=1, warmup_steps=0),
    "restarts": cosine_restarts(250, base_lr=1),
}


@pytest.mark.parametrize("length", [24_000, 72_000])
@pytest.mark.parametrize("name", SHAPES)
def test_the_samples_of_a_shape_tell_the_losses(page, name, length):
    shape = SHAPES[name]
    script = """
        const [shape, length, constants] = arguments;
        const {times, rates} = lab.samples(shape, {length});
        return [times.slice(1), lab.law(times, rates, constants).slice(1)];
    """
    t, losses = run(page, script, shape(T), length, CONSTANTS)
    stretched = (3e-4 * shape.stretch(length // 1000))(np.arange(1, length + 1))
    expected = predicted(stretched, t[49::50])

    assert t[-1] == length
    assert np.abs(losses[49::50] - expected).max() < 2e-4


def test_the_gradient_of_the_law_is_its_derivative(page):
    times = np.array([0, 3, 4, 10, 10, 30, 31, 90])
    rates = 1e-4 * np.array([2.0, 1.5, 3, 2.5, 0.5, 0.8, 1.2, 0.3])

    def loss(rates):
        return run(page, "return lab.law(...arguments);", times, rates, CONSTANTS)[-1]

    found = run(page, "return lab.lawGradient(...arguments);", times, rates, CONSTANTS)

    assert found["loss"] == close(loss(rates), 1e-12)
    assert found["gradient"] == close(derivatives(loss, rates, range(8), 1e-7), 1e-6)


def test_the_gradient_of_the_law_is_that_of_the_gallery(page):
    t = np.arange(1, 24_001)
    rates = LAW["schedules"]["wsdld_20000_24000"](t)
    loss, gradient = IMPROVE["law"](rates)
    found = run(page, "return lab.lawGradient(...arguments);", t, rates, CONSTANTS)

    assert found["loss"] == close(loss, 1e-12)
    assert found["gradient"] == pytest.approx(gradient.tolist(), rel=1e-9, abs=1e-12)
    assert loss == close(predicted(rates, [24_000])[0], 1e-12)


@pytest.mark.parametrize("law", ["law", "quadratic"])
def test_the_derivatives_of_the_gallery_are_derivatives(law):
    if law == "law":
        rates, step = 3e-4 * (RATES["cosine"][::50] + 0.1), 1e-7
    else:
        rates, step = RATES["cosine"][::50] + 0.1, 1e-3
    expected = derivatives(lambda rates: IMPROVE[law](rates)[0], rates, range(20), step)

    assert IMPROVE[law](rates)[1].tolist() == close(expected, 1e-7)


STEPS = """
    const [settings, count] = arguments, steps = [];
    for (const each of lab.improve(settings)) if (steps.push(each) > count) break;
    return steps;
"""


def test_the_first_steps_under_the_law_are_those_of_the_gallery(page):
    objective = IMPROVE["by_knots"](IMPROVE["law"], IMPROVE["schedule"], 24_000)
    path = IMPROVE["improve"](objective, np.full(20, 0.5), 3)
    settings = {"objective": "law", "knots": [0.5] * 20, "constants": CONSTANTS, "every": 1}
    found = run(page, STEPS, settings, 3)

    assert [each["step"] for each in found] == [0, 1, 2, 3]
    assert found[0]["times"] == close(IMPROVE["times"], 1e-12)
    for each, (knots, loss) in zip(found, path, strict=True):
        assert each["loss"] == close(loss, 1e-9)
        assert each["knots"] == close(knots, 1e-6)


def test_the_first_steps_under_the_quadratic_are_those_of_the_gallery(page):
    objective = IMPROVE["by_knots"](IMPROVE["quadratic"], IMPROVE["on_quadratic"], 1000)
    path = IMPROVE["improve"](objective, np.full(20, 0.5), 3)
    found = run(page, STEPS, {"objective": "quadratic", "knots": [0.5] * 20}, 3)

    assert found[0]["times"] == close(np.linspace(0, 1000, 20), 1e-12)
    for each, (knots, loss) in zip(found, path, strict=True):
        assert each["loss"] == close(loss, 1e-9)
        assert each["knots"] == close(knots, 1e-6)


@pytest.mark.parametrize("start", [[0.5] * 20, [1] * 20, [1 - i / 19 for i in range(20)]])
def test_a_wsd_schedule_grows_under_the_law(page, start):
    settings = {"objective": "law", "knots": start, "constants": CONSTANTS}
    found = run(page, STEPS, settings, 200)
    losses = [each["loss"] for each in found]
    knots = found[-1]["knots"]

    assert losses == sorted(losses, reverse=True)
    assert all(0 <= knot <= 1 for each in found for knot in each["knots"])
    assert losses[-1] == pytest.approx(2.6894, abs=1e-4)
    assert knots[:17] == [1] * 17
    assert 1 > knots[17] > knots[18] > knots[19]


def test_the_models_run_in_a_worker(page):
    script = """
        const [done] = arguments, worker = new Worker("worker.js");
        worker.onmessage = ({data}) => done(data);
        worker.onerror = ({message}) => done(message);
    """

    assert page.execute_async_script(script) == [True] * 3


def test_the_error_of_the_law_is_the_largest_of_the_gallery(page):
    """The gallery prints these, with three decimals."""
    laws = run(page, "return lab.laws;")
    errors = {model: round(law["error"], 3) for model, law in laws.items()}

    assert errors == {"25M": 0.011, "100M": 0.017, "400M": 0.024}


def test_the_page_has_the_constants_and_losses_of_the_gallery(page):
    found = run(page, "return lab.laws;")
    ends = {
        (model, run): (end["iteration"], end["loss"])
        for model, law in found.items()
        for run, end in law["measured"].items()
    }

    for model, law in LAW["laws"].items():
        assert tuple(found[model][name] for name in CONSTANTS) == law
    assert ends == {
        (model, run): losses[i]
        for run, losses in LAW["measured"].items()
        for i, model in enumerate(LAW["laws"])
    }


def test_the_models_are_small(tmp_path):
    write(tmp_path)
    models = b"".join((STATIC / name).read_bytes() for name in MODELS)

    assert len(gzip.compress(models)) < 8_000
    assert len(gzip.compress((tmp_path / "digits.js").read_bytes())) < 95_000
    assert len(gzip.compress((tmp_path / "laws.js").read_bytes())) < 1_000


@pytest.mark.parametrize(
    ("most", "script"),
    [
        (10, "lab.quadratic(arguments[0])"),
        (5, "lab.law(...arguments[1])"),
        (5, "lab.law(...arguments[2])"),
    ],
    ids=["quadratic", "law", "law of a shape"],
)
def test_a_model_follows_a_drag(page, most, script):
    """In milliseconds; the fastest of 30 runs, since the machine is busy with other things."""
    times = np.arange(100, 24_001, 100)
    law = [times, CosineScheduler(24_000, base_lr=3e-4)(times), CONSTANTS]
    t = np.arange(24, 24_001, 24)
    long = [t, CosineScheduler(24_000, base_lr=3e-4)(t), CONSTANTS, 10]
    lists = [[x.tolist() if isinstance(x, np.ndarray) else x for x in y] for y in (law, long)]
    timed = f"""
        return Math.min(...Array.from({{length: 30}}, () => {{
            const start = performance.now();
            {script};
            return performance.now() - start;
        }}));
    """

    assert run(page, timed, RATES["cosine"], *lists) < most
