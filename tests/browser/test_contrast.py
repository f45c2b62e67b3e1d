import re

import pytest
from browser import SITE
from contrast import colours, contrasts
from support.contrast import LINE, TEXT, contrast

PLOTS = sorted(SITE.glob("_images/*.svg"))
PEERS = """
    const style = selector => getComputedStyle(document.querySelector(selector));
    const [theirs, ours] = [style("svg.peers .theirs"), style("svg.peers .ours")];
    return [theirs.stroke, ours.stroke, style("body").backgroundColor, theirs.opacity];
"""


def test_the_contrast_of_known_colours():
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((0x76,) * 3, (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_lines_and_labels_of_plots_stand_out_from_the_page(browser, site, mode):
    browser.prefer(mode)
    needed = colours(PLOTS)
    browser.get(f"{site.url}gallery/index.html")
    measured = dict(zip(needed, contrasts(browser, needed), strict=True))
    assert {c: x for c, x in measured.items() if x < needed[c]} == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_two_lines_of_a_peer_stand_out_from_the_page_and_from_one_another(
    browser, site, mode
):
    browser.prefer(mode)
    browser.get(f"{site.url}coming-from/keras.html")
    *texts, opacity = browser.execute_script(PEERS)
    theirs, ours, page = ([int(c) for c in re.findall(r"\d+", text)] for text in texts)
    share = float(opacity)
    mixed = [share * c + (1 - share) * ground for c, ground in zip(theirs, page, strict=True)]
    pairs = (mixed, page), (ours, page), (ours, mixed)
    assert [contrast(*pair) > LINE for pair in pairs] == [True] * 3


def test_the_sort_of_a_colour_decides_what_it_needs(tmp_path):
    plot = tmp_path / "plot.svg"
    plot.write_text(
        """<path style="stroke: #aaaaaa; stroke-opacity: 0.3"/>
        <path style="fill: none; stroke: #0b6bc2"/>
        <text style="fill: #c2570c">1</text><text style="font: 11px">2</text>"""
    )
    assert colours([plot]) == {"#0b6bc2": LINE, "#c2570c": TEXT, "#000000": TEXT}


def test_a_pale_colour_is_found(browser, site):
    browser.get(f"{site.url}index.html")
    pale, white, black = contrasts(browser, ["#c0c0c0", "#ffffff", "#000000"])
    assert white < pale < LINE < TEXT < black
