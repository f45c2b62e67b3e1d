"""The values of a chart as an HTML table."""

from collections.abc import Sequence

from lr_scheduler._chart import escape, stroke


def table(
    styles: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    rates: Sequence[Sequence[str]],
) -> str:
    """Write a row for each iteration, with the rate of each schedule in six digits.

    Where Python writes more digits, they are there too, to be shown instead.
    """
    heads = "".join(
        f'<th scope="col"><svg width="36" height="10" aria-hidden="true">'
        f'<path d="M0 5h36" {stroke(style)}/></svg> {escape(name)}</th>'
        for style, name in zip(styles, names, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{iteration}</th>'
        + "".join(cell(column[row]) for column in rates)
        + "</tr>"
        for row, iteration in enumerate(iterations)
    )
    return (
        f'<table class="table"><thead><tr><th scope="col">Iteration</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def cell(exact: str) -> str:
    """Write a rate."""
    short = f"{float(exact):.6g}"
    shown = short if float(short) != float(exact) else exact
    return f'<td data-exact="{escape(exact)}">{escape(shown)}</td>'
