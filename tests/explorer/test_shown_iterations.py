"""Which iterations the explorer shows when none are typed."""

import pytest
from explorer.menu import COSINE
from explorer.page.answer import natural, quarters, sampled


@pytest.mark.parametrize(
    ("config", "last"),
    [
        (COSINE, 1000),
        ({**COSINE, "max_update": "810"}, 1000),
        ({**COSINE, "max_update": "100001"}, 150000),
        ({"type": "FactorScheduler", "step": "250"}, 1000),
        ({"type": "MultiFactorScheduler", "step": ["250", "900"]}, 1000),
        ({"type": "join", "schedulers": ["1", COSINE], "boundaries": ["100"]}, 1500),
        ({"type": "join", "schedulers": [], "boundaries": []}, 1000),
        ({"type": "stretch", "scheduler": COSINE, "factor": "0.5"}, 500),
        ({"type": "stretch", "scheduler": COSINE, "factor": "2.5"}, 3000),
        ({"type": "stretch", "scheduler": COSINE, "factor": "x"}, 1000),
        ({"type": "delay", "scheduler": COSINE, "n": "200"}, 1500),
        ({"type": "repeat", "scheduler": COSINE, "period": "100"}, 1000),
        ({"type": "sum", "operands": ["1", COSINE]}, 1000),
        ({"type": "clip"}, 1000),
        ({"type": "sum", "operands": []}, 1000),
        ({"type": "join", "schedulers": ["1", "2"], "boundaries": ["100"]}, 200),
        ({"type": "inverse_sqrt", "warmup_steps": "100"}, 400),
        ({"type": "FactorScheduler", "step": "x"}, 1000),
        ({"type": "FactorScheduler", "step": "9" * 20}, 1000),
    ],
)
def test_the_chart_ends_where_the_schedule_has_said_what_it_does(config, last):
    assert natural([config]) == last


@pytest.mark.parametrize("last", [1, 2, 3, 4, 7, 999, 1000, 1001, 10**12])
def test_the_ends_are_among_the_iterations(last):
    for iterations in (quarters(last), sampled(last)):
        assert (iterations[0], iterations[-1]) == (1, last)
        assert iterations == sorted({*iterations})
