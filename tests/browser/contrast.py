"""How much the colours of the plots stand out from the page, as Chromium shows them."""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from browser import Browser
from PIL import Image
from support.contrast import LINE, TEXT, contrast

SIZE = 20
SQUARE = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}">'
# In place of all that is on a page of the site, in a row: pictures.
SHOW = """
    const row = document.createElement("div");
    row.className = "bd-content";
    document.body.replaceChildren(row);
    const [sources, size] = arguments;
    row.append(...sources.map(src => Object.assign(new Image(), {src})));
    [...row.children].forEach((image, i) => Object.assign(image.style, {
        left: `${i * size}px`, position: "fixed", top: 0}));
    return Promise.all([...row.children].map(image => image.decode()));
"""


def colours(plots: Iterable[Path]) -> dict[str, float]:
    """Return the colours that plots are drawn with, and the contrast that each needs.

    Translucent lines are a grid, and decoration.
    """
    found: dict[str, float] = {}
    for plot in plots:
        for tag in re.findall(r"<(?:path|use|text|g)\b[^>]*>", plot.read_text("utf-8")):
            needed = TEXT if tag.startswith("<text") else LINE
            style = dict(re.findall(r"([\w-]+): *([^;\"]+)", tag))
            if {"opacity", "stroke-opacity", "fill-opacity"} & style.keys():
                continue
            used = [style.get("stroke", "none"), style.get("fill", "#000000")]
            for colour in used if needed == LINE else used[1:]:
                if colour != "none":
                    found[colour] = max(needed, found.get(colour, 0))
    return found


def contrasts(browser: Browser, colours: Iterable[str]) -> list[float]:
    """Return how much each colour of a plot stands out from the page that is open."""
    squares = [f'{SQUARE}<rect width="100%" height="100%" fill="{c}"/></svg>' for c in colours]
    empty = f"{SQUARE}</svg>"
    sources = [f"data:image/svg+xml,{quote(s)}#.svg" for s in (*squares, empty)]
    browser.execute_script(SHOW, sources, SIZE)
    screen = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    row = [screen.getpixel((SIZE * i + SIZE // 2, SIZE // 2)) for i in range(len(sources))]
    return [contrast(pixel, row[-1]) for pixel in row[:-1]]
