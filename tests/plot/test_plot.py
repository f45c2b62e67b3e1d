"""plot: what it draws, and onto what."""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lr_scheduler import CosineScheduler, FactorScheduler, LRScheduler, PolyScheduler, plot


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_draws_the_rates_of_iterations_1_to_n():
    scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)

    (line,) = plot(scheduler).get_lines()

    assert line.get_xdata().tolist() == list(range(1, 1001))
    assert line.get_ydata().tolist() == [scheduler(t) for t in range(1, 1001)]


def test_names_the_axes_and_the_schedule():
    ax = plot(CosineScheduler(800))

    assert ax.get_xlabel() == "Iteration"
    assert ax.get_ylabel() == "Learning rate"
    assert ax.get_title() == "Learning rate of CosineScheduler"
    assert ax.get_legend() is None


def test_several_overlay_with_a_legend():
    ax = plot(CosineScheduler(800), label="half a cosine")

    same = plot(PolyScheduler(800), ax=ax)

    assert same is ax
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "half a cosine",
        "PolyScheduler",
    ]
    assert ax.get_title() == "Learning rate of half a cosine, PolyScheduler"


def test_leaves_a_title_of_yours():
    _, ax = plt.subplots()
    ax.set_title("Mine")

    assert plot(CosineScheduler(800), ax=ax).get_title() == "Mine"


@pytest.mark.parametrize("title", ["A title before ours in the alphabet", "One after it"])
def test_leaves_a_title_that_you_set_between_two_curves(title):
    ax = plot(CosineScheduler(800))
    ax.set_title(title)

    assert plot(CosineScheduler(800), ax=ax).get_title() == title


def test_each_call_has_a_figure_of_its_own():
    assert plot(CosineScheduler(800)).figure is not plot(CosineScheduler(800)).figure


@pytest.mark.parametrize(
    ("scheduler", "num_iterations", "drawstyle"),
    [
        (FactorScheduler(10, 0.5), 20, "steps-pre"),
        (FactorScheduler(10, 0.5), 1000, "steps-pre"),
        (CosineScheduler(200), 200, "steps-pre"),
        (CosineScheduler(201), 201, "default"),
    ],
)
def test_a_drop_is_upright_and_many_drops_are_a_curve(scheduler, num_iterations, drawstyle):
    """Before iteration 11, at 10, the rate falls: steps-pre draws an iteration up to itself."""
    (line,) = plot(scheduler, num_iterations).get_lines()

    assert line.get_drawstyle() == drawstyle


def a_function(iteration):
    """Not for arrays: the comparison has no single answer."""
    return 1 if iteration <= 5 else 0.5


class ACallable:
    def __call__(self, iteration):
        return 1.0 if iteration <= 5 else 0.5


class ASubclass(LRScheduler):
    def decay(self, t):
        return 1.0 if t <= 5 else 0.5


@pytest.mark.parametrize(
    ("scheduler", "title"),
    [
        (a_function, "a_function"),
        (lambda iteration: 1.0 if iteration <= 5 else 0.5, "<lambda>"),
        (ACallable(), "ACallable"),
        (ASubclass(), "ASubclass"),
        ([0, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5].__getitem__, "getitem__"),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 0.5, 7: 0.5, 8: 0.5}.get, "get"),
    ],
)
def test_takes_any_callable(scheduler, title):
    ax = plot(scheduler, 8)

    assert ax.get_lines()[0].get_ydata().tolist() == [1, 1, 1, 1, 1, 0.5, 0.5, 0.5]
    assert ax.get_title() == f"Learning rate of {title}"


def test_a_constant_is_drawn_at_every_iteration():
    assert plot(lambda iteration: 0.1, 3).get_lines()[0].get_ydata().tolist() == [0.1] * 3


def test_one_that_takes_arrays_is_called_once():
    asked = []

    def halved(iterations):
        asked.append(iterations)
        return iterations / 2

    (line,) = plot(halved, 4).get_lines()

    assert line.get_ydata().tolist() == [0.5, 1, 1.5, 2]
    assert len(asked) == 1


def test_a_schedule_that_works_in_place_does_not_move_the_axis():
    def shifted(t):
        t -= 1
        return t / 2

    (line,) = plot(shifted, 3).get_lines()

    assert line.get_xydata().tolist() == [[1, 0], [2, 0.5], [3, 1]]


def test_where_the_array_goes_wrong_the_numbers_decide():
    """An int64 wraps round at 2**63; Python's integers do not."""
    (line,) = plot(lambda t: 1 / 2 ** (t // 10)).get_lines()

    assert line.get_ydata()[[0, -1]].tolist() == [1, 2**-100]


def test_names_the_axes_of_yours_unless_you_did():
    _, ax = plt.subplots()
    ax.set_ylabel("Rate")
    plot(CosineScheduler(800), ax=ax)

    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Iteration", "Rate")


def test_other_lines_and_hidden_labels_do_not_confuse_the_title():
    _, ax = plt.subplots()
    ax.axvline(3)
    plot(CosineScheduler(800), ax=ax, label="_hidden")

    assert ax.get_title() == "Learning rate of hidden"
    assert ax.get_legend() is None
    assert plot(CosineScheduler(800), label="_").get_title() == "Learning rate of schedule"


def test_the_axis_starts_from_0():
    assert plot(CosineScheduler(800, final_lr=0.009)).get_ylim()[0] <= 0


def test_a_single_iteration_is_a_point():
    ax = plot(CosineScheduler(800), 1)

    assert ax.get_lines()[0].get_marker() == "."
    assert sum(ax.get_xlim()) == 2


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((0.1,), TypeError, "scheduler must be callable with an iteration, got 0.1"),
        ((CosineScheduler,), TypeError, "scheduler must be callable .*, got the class"),
        ((lambda t: t <= 2, 3), TypeError, "the rate of iteration 1 must be a real number"),
        ((lambda t: t * 1j, 3), TypeError, "the rate of iteration 1 must be a real number"),
        ((abs, 0), ValueError, "num_iterations must be at least 1 iteration, got 0"),
        ((abs, 2.5), TypeError, "num_iterations must be an integer, got 2.5"),
        (
            (lambda t: None, 3),
            TypeError,
            "the rate of iteration 1 must be a real number, got None",
        ),
        (
            (lambda t: 2 - t, 3),
            ValueError,
            "the rate of iteration 3 must be at least 0, got -1",
        ),
        (
            (lambda t: t * np.nan, 3),
            ValueError,
            "the rate of iteration 1 must be finite, got nan",
        ),
        (
            (lambda t: 1 / (t - 1 if isinstance(t, int) else "x"), 3),
            ZeroDivisionError,
            "division",
        ),
    ],
)
def test_refuses(arguments, error, words):
    with pytest.raises(error, match=words):
        plot(*arguments)
    assert not plt.get_fignums()


def test_refuses_a_label_that_is_no_text():
    with pytest.raises(TypeError, match="label must be text, got 3"):
        plot(CosineScheduler(800), label=3)
    assert not plt.get_fignums()


def test_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)

    with pytest.raises(ImportError) as raised:
        plot(CosineScheduler(800))
    assert "install the extra 'plot'" in raised.value.__notes__[0]
