"""The values of a chart as an HTML table."""

from collections.abc import Sequence

from lr_scheduler._chart import escape, stroke


def table(
    styles: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    rates: Sequence[Sequence[str]],
) -> str:
    """Write a row for each iteration, with the rate of each schedule as Python shows it."""
    heads = "".join(
        f'<th scope="col"><svg width="36" height="10" aria-hidden="true">'
        f'<path d="M0 5h36" {stroke(style)}/></svg> {escape(name)}</th>'
        for style, name in zip(styles, names, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{iteration}</th>'
        + "".join(f"<td>{escape(column[row])}</td>" for column in rates)
        + "</tr>"
        for row, iteration in enumerate(iterations)
    )
    return (
        f'<table class="table"><thead><tr><th scope="col">Iteration</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
