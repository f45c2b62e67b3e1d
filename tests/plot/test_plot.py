"""plot: the curve, its names, and what is refused."""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from support.samples import Inverse

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    cosine_restarts,
    join,
    linear,
    plot,
)

COSINE = CosineScheduler(800)
ENDLESS = Inverse(base_lr=1)


@pytest.fixture(autouse=True)
def _close_figures():
    plt.close("all")  # those of the examples in docstrings
    yield
    plt.close("all")


@pytest.fixture
def ax():
    """Return the axes of an empty figure."""
    return plt.subplots()[1]


def line(*arguments, **keywords):
    """Return the only line that a plot draws."""
    (drawn,) = plot(*arguments, **keywords).get_lines()
    return drawn


def rates(*arguments):
    """Return the rates that a plot draws."""
    return line(*arguments).get_ydata().tolist()


@pytest.mark.parametrize("scheduler", [FactorScheduler(250, 0.5), ENDLESS], ids=repr)
def test_draws_the_rates_from_iteration_1_to_stop(scheduler):
    curve = line(scheduler, 1000)

    assert curve.get_xdata().tolist() == [*range(1, 1001)]
    assert curve.get_ydata().tolist() == [scheduler(t) for t in range(1, 1001)]


@pytest.mark.parametrize("start", [0, 5, 9])
def test_draws_from_start_to_stop(start):
    curve = line(ENDLESS, 9, start=start)

    assert curve.get_xdata().tolist() == [*range(start, 10)]
    assert curve.get_ydata().tolist() == [ENDLESS(t) for t in range(start, 10)]


def test_takes_the_integers_of_numpy():
    assert line(ENDLESS, np.int64(9), start=np.uint8(5)).get_xdata().tolist() == [*range(5, 10)]


class TestDefaultStop:
    """The schedule's end, or 1000; on axes with curves, at least as far as the curves go."""

    @pytest.mark.parametrize(
        ("schedule", "stop"),
        [
            (CosineScheduler(100_000), 100_000),
            (CosineScheduler(10).delay(3), 13),
            (MultiFactorScheduler([250, 750, 900], 0.5), 991),  # room for the last rate
            (MultiFactorScheduler([1], 0.5), 2),
            (join([0.5, 0.1], [20]), 23),
            (join([0.5], []), 1000),  # it ends at iteration 0
        ],
    )
    def test_shows_the_whole_schedule(self, schedule, stop):
        assert line(schedule).get_xdata()[-1] == stop

    @pytest.mark.parametrize("schedule", [ENDLESS, lambda t: 1 / t], ids=["class", "function"])
    def test_is_1000_without_an_end(self, schedule):
        assert line(schedule).get_xdata().tolist() == [*range(1, 1001)]

    @pytest.mark.parametrize(
        ("before", "last"), [([1500], 1500), ([200], 1000), ([1200, 1100], 1200)]
    )
    def test_is_at_least_the_last_iteration_of_the_curves_before(self, before, last, ax):
        for stop in before:
            plot(ENDLESS, stop, ax=ax)

        plot(ENDLESS, ax=ax)

        assert [curve.get_xdata()[-1] for curve in ax.get_lines()] == [*before, last]

    def test_counts_the_lines_that_you_drew_and_skips_those_without_points(self, ax):
        ax.plot([], [])
        ax.plot([np.nan, 1500, 1400], [0, 1, 1])
        ax.plot(np.array(["2000-01-01", "3000-01-01"], "datetime64[D]"), [0, 1])
        ax.axhline(0.5)
        ax.axvline(1300)

        assert plot(ENDLESS, ax=ax).get_lines()[-1].get_xdata()[-1] == 1500

    def test_is_never_before_start(self):
        assert line(ENDLESS, start=2000).get_xdata().tolist() == [2000]

    def test_gives_way_to_a_stop_of_yours(self, ax):
        plot(ENDLESS, 1500, ax=ax)

        assert plot(ENDLESS, 30, ax=ax).get_lines()[-1].get_xdata()[-1] == 30


class TestLog:
    """A logarithmic scale for the learning rate."""

    def test_draws_the_same_rates_on_a_logarithmic_scale(self):
        ax = plot(ENDLESS, 100, log=True)

        assert ax.get_yscale() == "log"
        assert ax.get_lines()[0].get_ydata().tolist() == [ENDLESS(t) for t in range(1, 101)]
        assert 0 < ax.get_ylim()[0] <= ENDLESS(100)

    def test_is_linear_by_default(self):
        assert plot(ENDLESS).get_yscale() == "linear"

    def test_changes_the_axes_that_you_give_and_leaves_the_scale_of_yours(self, ax):
        plot(ENDLESS, ax=ax)
        assert plot(ENDLESS, ax=ax, log=True).get_yscale() == "log"
        assert plot(ENDLESS, ax=ax).get_yscale() == "log"

    def test_leaves_out_a_rate_of_0(self):
        """The last four iterations have the rate 0, which has no logarithm."""
        ax = plot(linear(5, base_lr=1), 8, log=True)
        ax.figure.canvas.draw()

        assert ax.get_lines()[0].get_ydata().tolist()[3:] == [1 - 4 / 5, 0, 0, 0, 0]

    def test_needs_a_rate_above_0(self):
        with pytest.raises(ValueError, match="log must be False where every rate is 0"):
            plot(lambda t: 0, 9, log=True)
        assert not plt.get_fignums()


class TestLine:
    """Keywords for matplotlib's line."""

    def test_pass_to_matplotlib(self):
        curve = line(ENDLESS, 9, color="red", linestyle="--", linewidth=3, alpha=0.5)

        assert (curve.get_color(), curve.get_linestyle()) == ("red", "--")
        assert (curve.get_linewidth(), curve.get_alpha()) == (3, 0.5)

    def test_win_over_the_style_of_plot(self):
        assert (
            line(FactorScheduler(10, 0.5), 20, drawstyle="default").get_drawstyle() == "default"
        )
        assert line(ENDLESS, 1, marker="x").get_marker() == "x"

    def test_that_matplotlib_does_not_know_are_refused(self):
        with pytest.raises(AttributeError, match="unexpected keyword argument 'colour'"):
            plot(ENDLESS, 9, colour="red")
        assert not plt.get_fignums()

    def test_may_have_the_short_names_of_matplotlib(self):
        assert line(ENDLESS, 9, ds="steps-post", c="red").get_drawstyle() == "steps-post"


@pytest.mark.parametrize(
    ("scheduler", "stop", "drawstyle"),
    [
        (FactorScheduler(10, 0.5), 20, "steps-pre"),
        (FactorScheduler(10, 0.5), 1000, "steps-pre"),
        (CosineScheduler(200), 200, "steps-pre"),
        (CosineScheduler(201), 201, "default"),
    ],
)
def test_a_drop_is_upright_and_many_drops_are_a_curve(scheduler, stop, drawstyle):
    """Before iteration 11, at 10, the rate falls: steps-pre draws an iteration up to itself."""
    assert line(scheduler, stop).get_drawstyle() == drawstyle


@pytest.mark.parametrize(("start", "left"), [(1, 0), (0, 0), (400, 400)])
def test_the_axis_starts_from_a_rate_of_0_and_from_start(start, left):
    ax = plot(CosineScheduler(800, final_lr=0.009), 800, start=start)

    assert tuple(ax.dataLim.min) == (left, 0)
    assert ax.get_ylim()[0] == 0


def test_a_single_iteration_is_a_point():
    ax = plot(COSINE, 1)

    assert ax.get_lines()[0].get_marker() == "."
    assert sum(ax.get_xlim()) == 2


def halving(iteration):
    """Not for arrays: the comparison has no single answer."""
    return 1 if iteration <= 5 else 0.5


class Halving:
    def __call__(self, iteration):
        return halving(iteration)


HALVED = [1, 1, 1, 1, 1, 0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("scheduler", "title"),
    [
        (halving, "halving"),
        (lambda iteration: halving(iteration), "<lambda>"),
        (Halving(), "Halving"),
        ([0, *HALVED].__getitem__, "getitem__"),
        (dict(enumerate(HALVED, 1)).get, "get"),
    ],
)
def test_draws_any_callable(scheduler, title):
    ax = plot(scheduler, 8)

    assert ax.get_lines()[0].get_ydata().tolist() == HALVED
    assert ax.get_title() == f"Learning rate of {title}"


def test_a_constant_is_drawn_at_every_iteration():
    assert rates(lambda iteration: 0.1, 3) == [0.1] * 3


def test_a_number_is_a_constant():
    curve = line(0.1)

    assert curve.get_xdata().tolist() == [*range(1, 1001)]
    assert curve.get_ydata().tolist() == [0.1] * 1000
    assert curve.axes.get_title() == "Learning rate of 0.1"


def test_a_callable_is_asked_for_each_iteration_once_and_in_order():
    """A stateful callable counts its calls, and an array would be a call more."""
    asked = []

    assert rates(lambda t: asked.append(t) or len(asked), 3) == [1, 2, 3]
    assert repr(asked) == "[1, 2, 3]"


def test_a_scheduler_gets_the_array():
    asked = []

    class Asked(LRScheduler):
        def decay(self, t, xp):
            asked.append(t)
            return self.base_lr / t

    line(Asked(base_lr=1), 3)

    assert [each.tolist() for each in asked] == [[1, 2, 3]]


def test_a_formula_that_takes_no_arrays_is_asked_for_single_iterations():
    class Halved(LRScheduler):
        def decay(self, t, xp):
            return halving(t)

    assert rates(Halved(base_lr=1), 8) == HALVED


def test_names_the_axes_and_the_schedule():
    ax = plot(COSINE)

    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Iteration", "Learning rate")
    assert ax.get_title() == "Learning rate of CosineScheduler"
    assert ax.get_legend() is None


@pytest.mark.parametrize(
    ("scheduler", "name"),
    [
        (cosine_restarts(10, base_lr=1), "repeat"),
        (join([0.5, 0.1], [20]), "join"),
        (COSINE + 1, "sum"),
        (2 * COSINE, "product"),
        (COSINE.clip(0), "clip"),
        (COSINE.delay(1), "delay"),
        (COSINE.stretch(2), "stretch"),
    ],
)
def test_names_an_operator_as_you_write_it(scheduler, name):
    assert plot(scheduler).get_title() == f"Learning rate of {name}"


def test_several_schedules_overlay_with_a_label_each():
    ax = plot(COSINE, label="half a cosine")

    assert plot(PolyScheduler(800), ax=ax) is ax
    assert labels(ax) == ["half a cosine", "PolyScheduler"]
    assert ax.get_title() == "Learning rate of half a cosine, PolyScheduler"


def labels(ax):
    """Return the labels of the curves."""
    return [curve.get_label() for curve in ax.get_lines()]


class Mine(Inverse):
    pass


FIRST, SECOND = (lambda t: 1 / t), (lambda t: 2 / t)
LONG = MultiFactorScheduler([*range(10, 100, 3)], 0.5)


@pytest.mark.parametrize(
    ("schedules", "expected"),
    [
        (
            [CosineScheduler(800, base_lr=1), CosineScheduler(800, base_lr=0.5)],
            ["base_lr=1", "base_lr=0.5"],
        ),
        (
            [CosineScheduler(800, base_lr=1), 0.3, CosineScheduler(800, base_lr=0.5)],
            ["CosineScheduler(base_lr=1)", "0.3", "CosineScheduler(base_lr=0.5)"],
        ),
        (
            [COSINE, CosineScheduler(400), CosineScheduler(800, final_lr=0.001)],
            [
                "max_update=800, final_lr=0",
                "max_update=400, final_lr=0",
                "max_update=800, final_lr=0.001",
            ],
        ),
        ([COSINE.delay(5), COSINE.delay(9)], ["n=5", "n=9"]),
        # What is equal, has no parameters, is of two classes or too long is numbered.
        ([COSINE, COSINE], ["CosineScheduler (1)", "CosineScheduler (2)"]),
        ([FIRST, SECOND], ["<lambda> (1)", "<lambda> (2)"]),
        (
            [Mine(base_lr=1), type("Mine", (Inverse,), {})(base_lr=2)],
            ["Mine (1)", "Mine (2)"],
        ),
        (
            [LONG, MultiFactorScheduler([5])],
            ["MultiFactorScheduler (1)", "MultiFactorScheduler (2)"],
        ),
        ([0.1, 0.2], ["0.1", "0.2"]),
    ],
    ids=lambda value: "",
)
def test_schedules_of_one_name_are_told_apart(schedules, expected, ax):
    for each in schedules:
        plot(each, ax=ax)

    assert labels(ax) == expected


def test_a_label_of_yours_is_left_alone(ax):
    plot(CosineScheduler(10), ax=ax)
    plot(CosineScheduler(20), ax=ax, label="CosineScheduler")
    ax.get_lines()[0].set_label("ten")

    assert labels(plot(CosineScheduler(30), ax=ax)) == [
        "ten",
        "CosineScheduler",
        "CosineScheduler",
    ]


def test_each_call_has_a_figure_of_its_own():
    assert plot(COSINE).figure is not plot(COSINE).figure


@pytest.mark.parametrize("title", ["Before ours in the alphabet", "One after it"])
@pytest.mark.parametrize("curves", [0, 1])
def test_keeps_a_title_of_yours(title, curves, ax):
    for _ in range(curves):
        plot(COSINE, ax=ax)
    ax.set_title(title)

    assert plot(COSINE, ax=ax).get_title() == title


def test_keeps_the_names_that_you_gave_to_the_axes(ax):
    ax.set_ylabel("Rate")
    assert plot(COSINE, ax=ax).get_ylabel() == "Rate"
    ax.set_xlabel("Optimizer step")
    assert plot(COSINE, ax=ax).get_xlabel() == "Optimizer step"


def test_other_lines_and_hidden_labels_do_not_confuse_the_title(ax):
    ax.axvline(3)
    plot(COSINE, ax=ax, label="_hidden")

    assert ax.get_title() == "Learning rate of hidden"
    assert ax.get_legend() is None
    assert plot(COSINE, label="_").get_title() == "Learning rate of schedule"


@pytest.mark.parametrize(
    ("scheduler", "error", "words"),
    [
        (
            lambda t: t <= 2,
            TypeError,
            "the rate of iteration 1 must be a real number, got True",
        ),
        (lambda t: t * 1j, TypeError, "the rate of iteration 1 must be a real number, got 1j"),
        (lambda t: None, TypeError, "the rate of iteration 1 must be a real number, got None"),
        (lambda t: 2 - t, ValueError, "the rate of iteration 3 must be at least 0, got -1"),
        (lambda t: t * np.nan, ValueError, "the rate of iteration 1 must be finite, got nan"),
        (COSINE - 1, ValueError, r"the rate of iteration 1 must be at least 0, got -0\.99"),
        (-1, ValueError, "the rate of iteration 1 must be at least 0, got -1"),
        (lambda t: 1 / (t - 1 if isinstance(t, int) else "x"), ZeroDivisionError, "division"),
    ],
)
def test_a_schedule_that_gives_no_rate_is_refused(scheduler, error, words):
    with pytest.raises(error, match=words):
        plot(scheduler, 3)
    assert not plt.get_fignums()


@pytest.mark.parametrize(
    "argument", [{"label": 3}, {"start": -1}, {"stop": 0}, {"log": 1}, {"ax": 5}], ids=repr
)
def test_what_is_refused_opens_no_figure(argument):
    with pytest.raises((TypeError, ValueError), match=f"^{next(iter(argument))} must be"):
        plot(COSINE, **argument)
    assert not plt.get_fignums()


def test_stop_is_at_least_start():
    with pytest.raises(ValueError, match=r"^stop must be at least 5, got 4$"):
        plot(COSINE, 4, start=5)


def test_all_but_the_schedule_and_stop_goes_by_name():
    with pytest.raises(TypeError, match="positional"):
        plot(COSINE, 9, 5)


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(ImportError) as raised:
        plot(COSINE)
    assert "install the extra 'plot'" in raised.value.__notes__[0]
