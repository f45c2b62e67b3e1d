"""A number in a sentence stands in code, or in a verified output, of the same page."""

import re
from collections import Counter
from itertools import product

import pytest
from support import ROOT
from support.number_check import page, scan

from lr_scheduler import __version__

PATTERNS = ("README.md", "gallery/**/*.rst", "gallery/**/*.py", "docs/**/*.md")
MADE = ("docs/_build", "docs/_data", "docs/gallery")
PAGES = [
    path
    for pattern in PATTERNS
    for path in sorted(ROOT.glob(pattern))
    if not any(path.is_relative_to(ROOT / made) for made in MADE)
]

# A flip turns a number into its neighbour in one place. Pages name small counts (0, 1, 2)
# and both sides of a boundary (250, 251), so some neighbours are on the page as well; more
# than this, and the check tells little.
LANDED_AT_MOST = 1 / 3


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pages_are_found(pattern):
    assert list(ROOT.glob(pattern))


def test_pages_are_of_the_kinds_that_are_read():
    rest = [path for path in ROOT.glob("docs/**/*.rst") if "gallery" not in path.parts]

    assert not rest


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_numbers_in_sentences_stand_on_their_page(path):
    wrong = [
        f"{path.relative_to(ROOT)}:{number.line}: {number.text}"
        for number in page(path).unsupported
    ]

    assert not wrong, (
        "in a sentence, but not in the code or a documented output:\n" + "\n".join(wrong)
    )


def flip_digits(path, before, folder):
    """Add one to each digit outside the code, one at a time; count what becomes of them."""
    source, copy, counts = path.read_text("utf-8"), folder / path.name, Counter()
    for digit in re.finditer(r"[0-9]", source):
        if source.count("\n", 0, digit.start()) + 1 in before.code:
            continue
        flipped = str((int(digit[0]) + 1) % 10)
        copy.write_text(source[: digit.start()] + flipped + source[digit.end() :], "utf-8")
        after = page(copy)
        if [number.text for number in after.exempt] != [
            number.text for number in before.exempt
        ]:
            counts["exempt"] += 1
        elif [number.text for number in after.claims] == [
            number.text for number in before.claims
        ]:
            counts["no text"] += 1
        else:
            counts[
                "noticed" if len(after.unsupported) > len(before.unsupported) else "landed"
            ] += 1
    return counts


def test_flipped_digits_in_sentences_are_noticed(tmp_path, record_property, capsys):
    flips, forms = Counter(), Counter()
    for path in PAGES:
        before = page(path)
        counts = flip_digits(path, before, tmp_path)
        sentences = [number for number in before.claims if number.line not in before.code]
        digits = len(re.findall(r"[0-9]", " ".join(number.text for number in sentences)))

        assert counts["noticed"] + counts["landed"] == digits, (
            f"{path}: {counts}, of {digits} digits in claims"
        )

        flips += counts
        forms += Counter(number.form for number in (*before.claims, *before.exempt))
    record_property("digits flipped", dict(flips))
    record_property("numbers in prose", dict(forms))
    with capsys.disabled():
        print(
            f"\n{len(PAGES)} pages, digits flipped: {dict(flips)}, "
            f"numbers in prose: {dict(forms)}"
        )

    assert flips["landed"] <= LANDED_AT_MOST * (flips["landed"] + flips["noticed"])


CODE = """
scheduler = FactorScheduler(base_lr=1, step=[250, 10_000], low=-3, factor=1e-3, flag=True)
f"{scheduler(2):.17f}"
# -> (0.96,
#     '4.50 %', 6., 5.e-05)
"""


@pytest.mark.parametrize(
    ("sentence", "unsupported"),
    [
        ("the 250th, the 1st, 10,000 and 1-250, 1 to 250, 1–250, (250).", []),
        ("0.001 is 1e-3 is 1e-03 is .001; 250.0 is 250; it ends with 6.", []),
        ("-3 and −3 are signed", []),
        ("3 is not", ["3"]),
        ("x -3, but `t-3`, `t - 3` and 1-3", ["3", "3", "3"]),
        ("(a)-3; 1,2500; `250 % 9`", ["3", "2500", "9"]),
        ("`10_000`, .96, 5e-5", []),
        ("96 % and 96% are 0.96, `4.5 %` is 4.5 %", []),
        ("96 is not 96 %, 1 % is not 1", ["96", "1 %"]),
        (
            "the 249th, 10,001, 1,000,0, 0.01, 0.0010001, 25",
            ["249", "10,001", "1,000", "0", "0.01", "0.0010001", "25"],
        ),
        ("**250**th of `step=251`, `[1,250]`, ``1e-3``, *252*", ["251", "252"]),
        ("format 17", ["17"]),
        ("250x250 and 3x1, 0x10", ["3", "0", "10"]),
        ("1/2, ½ and 10⁻³", ["½", "10", "⁻³"]),
        ("| a | b |\n|---|---|\n| 250 | 251 |", ["251"]),
        ("# Title 251\n\n- item 252\n\n> quote 253", ["251", "252", "253"]),
        ("![251](252.png) <b title='0'>253</b> <!-- 254 -->", ["253", "251"]),
        ('<p width="640"><img width="1" alt="256"> 257</p>', ["256", "257"]),
        ("$251$ and [252](253.md), {ref}`254 <t-255>`", ["251", "252", "254"]),
        (":::{note} 251\n252\n:::", ["251", "252"]),
        ("```{figure} 9.png\n:alt: 251\n:width: 99\n\n252\n```", ["251", "252"]),
        # exempt forms, and what is close to them
        ("<https://a.org/17/x> https://a.org/17 [x](http://a.org/17)", []),
        ("a.org/17", ["17"]),
        ("arXiv:1706.02677, arXiv: 1608.03983", []),
        ("1706.02677", ["1706.02677"]),
        ("(Goyal et al., 2017), Goyal et al. (2017), Goyal et al. 2017, Li and Hu, 2017", []),
        (
            "in 2017, (2017), f(2017), (step 2017), (iteration, 2017), `(2017)`, (3017)",
            ["2017"] * 6 + ["3017"],
        ),
        (
            "Python 3.11, 3.12 and 3.13, Python >= 3.11, MXNet 1.9.1, NumPy 1.25, "
            "Apache-2.0, Apache License 2.0",
            [],
        ),
        (
            "Python 0.5, 3.11, MXNet 0.5, NumPy 0.5, Apache-3.0, 1.9.1",
            ["0.5", "3.11", "0.5", "0.5", "3.0", "1.9.1"],
        ),
        ("2026-11-23", []),
        ("2026-251", ["2026", "251"]),
        ("float64, `float64`, UTF-8, L2, plot_3_x", []),
        ("step-8, 64float, 8-bit", ["8", "64", "8"]),
        (r"$\eta_0 = (t - 1)^2 / 2$", []),
        (r"$\eta_3 = t - 7$ and {math}`t^9`" + "\n\n$$ x = 12 $$", ["3", "7", "9", "12"]),
        (f"released as {__version__}", []),
        ("3. three\n4. four", []),
        ("```console\npip install 17\n```\n\n```text\n18\n```", ["17", "18"]),
        (">>> 3\n", ["3"]),
    ],
)
def test_claims_of_a_sentence(sentence, unsupported, tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"{sentence}\n\n```python\n{CODE}\n```\n", "utf-8")

    assert [number.text for number in page(path).unsupported] == unsupported


GALLERY = '''r"""
Title 250, 251
==============

Text 1 of :class:`~a.B3`, ``252`` and :func:`253 <x_4>` [7]_, :math:`t_7`.

.. math:: x = 8

.. note:: 254
   and 255

.. [7] arXiv:1706.02677
"""
f = 250  # 251
# %%
# Then 1,
# 256.
#
# .. seealso:: 257

f"{f + 1:.9f}", -1, "252"
# -> '0.25'
#     258
# a comment 254
# %%
# 0.25 and 258 and 259
#
# .. image:: x.png
#    :unknown: x
#    :alt: 260
'''
NOTEBOOK = """---
myst: {html_meta: {description: 250 and 251}}
kernelspec: {display_name: Python 3, name: python3}
---
# Title 252
Text
`250`,
253.

```{code-cell}
---
mystnb: {image: {width: 9}}
alt: 254
---
x = 250
```

````{seealso}
:class: x1
255

```{code-cell}
:tags: [x-7]
x = 256
# -> 257
```
256 257 258
````

```python
x = 259
```
{doc}`259 <x>`
"""


@pytest.mark.parametrize(
    ("name", "text", "unsupported", "code"),
    [
        (
            "plot_x.py",
            GALLERY,
            [
                (2, "251"),
                (5, "252"),
                (5, "253"),
                (5, "7"),
                (7, "8"),
                (9, "254"),
                (10, "255"),
                (14, "251"),
                (17, "256"),
                (19, "257"),
                (21, "252"),
                (24, "254"),
                (26, "259"),
                (30, "260"),
            ],
            {14, 21, 22, 23, 24},
        ),
        (
            "x.md",
            NOTEBOOK,
            [
                (1, "251"),
                (5, "252"),
                (8, "253"),
                (10, "254"),
                (20, "255"),
                (27, "258"),
                (30, "259"),
                (33, "259"),
            ],
            {15, 24, 25},
        ),
    ],
)
def test_claims_of_a_page(name, text, unsupported, code, tmp_path):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    read = page(path)

    assert [(number.line, number.text) for number in read.unsupported] == unsupported
    assert {line for line in read.code if text.splitlines()[line - 1]} == code


@pytest.mark.parametrize("kind", ["sentence", "inline", "formula"])
def test_no_digit_is_overlooked(kind):
    for text in map("".join, product("01.,e-% x_(²", repeat=4)):
        found = "".join(number.text for number in scan(kind, text))

        assert re.findall(r"[01²]", found) == re.findall(r"[01²]", text), text
