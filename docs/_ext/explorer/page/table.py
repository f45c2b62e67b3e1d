"""The values of a chart as an HTML table."""

from collections.abc import Sequence

from lr_scheduler._chart import escape, stroke


def short(number: float) -> str:
    """Write a number in at most six digits: 1 or 0.333333 or 3e-5."""
    digits, e, power = f"{float(number):.6g}".partition("e")
    return digits + e + str(int(power)) if e else digits


def table(
    styles: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    times: tuple[str, Sequence[str]] | None,
    rates: Sequence[Sequence[str]],
    exact: Sequence[Sequence[str]],
) -> str:
    """Write a row for each iteration, with what the x-axis counts there, and the rates.

    All digits of the rates are there too, to be shown instead.
    """
    heads = "".join(
        f'<th scope="col"><svg width="36" height="10" aria-hidden="true">'
        f'<path d="M0 5h36" {stroke(style)}/></svg> {escape(name)}</th>'
        for style, name in zip(styles, names, strict=True)
    )
    x_name, x_texts = times or ("", [])
    x_head = f'<th scope="col">{x_name}</th>' if times else ""
    rows = "".join(
        f'<tr><th scope="row">{iteration}</th>'
        + (f"<td>{x_texts[row]}</td>" if times else "")
        + "".join(
            f'<td data-exact="{all_digits[row]}">{column[row]}</td>'
            for column, all_digits in zip(rates, exact, strict=True)
        )
        + "</tr>"
        for row, iteration in enumerate(iterations)
    )
    return (
        f'<table class="table"><thead><tr><th scope="col">Iteration</th>{x_head}{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
