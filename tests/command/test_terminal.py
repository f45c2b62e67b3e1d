"""The chart in a terminal: its dots, its axes and its signs."""

import pytest

from lr_scheduler._terminal import ROWS, can_encode, chart, columns, table


@pytest.mark.parametrize(
    ("encoding", "can"), [("utf-8", True), ("ascii", False), ("latin-1", False), (None, False),
                          ("unknown", False)],
)  # fmt: skip
def test_braille_needs_an_encoding_that_has_it(encoding, can):
    assert can_encode(encoding) == can


def test_a_line_from_corner_to_corner_in_ascii():
    count = columns(30, is_braille=False)
    rates = [i / (count - 1) for i in range(count)]
    *rows, axis, feet = chart(rates, 100, 0, 1, is_braille=False).splitlines()
    stars = [[x for x, sign in enumerate(row[5:]) if sign == "*"] for row in rows]

    assert len(rows) == ROWS
    assert rows[0].startswith("  1 |")
    assert rows[-1].startswith("  0 |*")
    assert sorted(x for row in stars for x in row) == [*range(count)]
    assert stars == sorted(stars, reverse=True)
    assert axis == "    +-------+-------+"
    assert feet == "    1      50    100"


def test_a_drop_is_a_vertical_line():
    rows = chart([1] * 8 + [0] * 8, 16, 0, 1, is_braille=False).splitlines()[:ROWS]
    columns = [[row[5:].ljust(16)[x] for row in rows] for x in range(16)]

    assert [column.count("*") for column in columns] == [1] * 8 + [9] + [1] * 7


def test_a_braille_character_has_eight_dots():
    """A rise over the whole height: in each column, the dots from the last height on."""
    rows = chart([0, *[1] * 31], 32, 0, 1).splitlines()

    assert rows[0] == "  1 ┤⢸" + "⠉" * 15
    assert {row[5] for row in rows[1 : ROWS - 1]} == {"⢸"}
    assert rows[ROWS - 1] == "  0 ┤⡸"


@pytest.mark.parametrize("log", [False, True])
def test_rates_that_are_all_the_same_are_drawn(log):
    assert "⣀" * 8 in chart([0.1] * 32, 9, 0.1, 0.1, log=log)


def test_a_table_tells_what_happens_beside_its_row():
    assert table([1, 1000], [[0.5, 1e-5]], []) == (
        "Iteration  Learning rate\n        1            0.5\n    1,000          1e-05"
    )
