"""A number in a sentence stands in code, or in a documented output, of the same page."""

import pytest
from support import ROOT
from support.number_check import page
from support.pages import PAGES, of_each

# 17 % of the flipped digits were measured: a flip makes a number that stands on the page too,
# such as the other side of a boundary (250, 251), or one that is exempt.
LANDED_AT_MOST = 0.2


def test_every_page_is_read():
    sources = [
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("docs/**/*.rst"),
        *ROOT.glob("gallery/**/*"),
    ]
    made = ("docs/_build", "docs/_data", "docs/gallery")

    assert {*PAGES} == {ROOT / "README.md"} | {
        path
        for path in sources
        if path.suffix in (".md", ".rst", ".py")
        and not any(path.is_relative_to(ROOT / folder) for folder in made)
    }


@of_each(PAGES)
def test_numbers_in_sentences_stand_on_their_page(path):
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text}" for line, text in page(path).unsupported
    ]

    assert not wrong, (
        "in a sentence, but not in the code or a documented output; a comment may name the "
        "expression or the source:\n" + "\n".join(wrong)
    )


def test_flipped_digits_in_sentences_are_noticed():
    landed = [
        found.supports(claim.text[:i] + str((int(digit) + 1) % 10) + claim.text[i + 1 :])
        for found in map(page, PAGES)
        for claim in found.claims
        for i, digit in enumerate(claim.text)
        if digit.isdigit()
    ]

    assert len(landed) > 1000
    assert sum(landed) <= LANDED_AT_MOST * len(landed)


NOTEBOOK = """---
myst: {html_meta: {description: 250 and 251}}
---
# Title 252
The 250th `step=253`, and
0.001, 10,000, 50 %.

```{code-cell}
:alt: 254

f = -3, 250, 1e-3, 10_000, 0.5  # 255
f"{f:.17f}", "256"
# -> (0.25,
#     1.5)
```

[257](258.md): 0.25, 1.5, −3, but 3, 17; $x = 9$

```diff
+f = 259
```
"""
GALLERY = '''r"""
Title 250, 251
==============

Text of :class:`~a.B3` [7]_.

.. math:: x = 8
"""
f = 250  # 252
# %%
# Then 250 and
# 253.
#
# .. image:: x.png
#    :alt: 254

"255"
# -> '0.25'
'''


REPORTED = {
    "page.md": "2: 251, 4: 252, 5: 253, 9: 254, 17: 257, 17: 3, 17: 17, 17: 9, "
    "12: 256, 11: 255",
    "plot_x.py": "2: 251, 7: 8, 12: 253, 15: 254, 17: 255, 9: 252",
}


@pytest.mark.parametrize(("name", "text"), [("page.md", NOTEBOOK), ("plot_x.py", GALLERY)])
def test_what_is_on_no_other_place_of_the_page_is_reported(name, text, tmp_path):
    path = tmp_path / name
    path.write_text(text, "utf-8")

    found = ", ".join(f"{line}: {text}" for line, text in page(path).unsupported)
    assert found == REPORTED[name]


def reported(text, tmp_path):
    """Return what is reported of a text on a page whose code has 30, 50 and 0.5."""
    path = tmp_path / "README.md"
    path.write_text(f"{text}\n\n```python\nf(30, 50, 0.5)\n# -> 7\n```\n", "utf-8")
    return [text for _, text in page(path).unsupported]


ALLOWED = """
In 0, 1 or 2 steps, the 1st of them, in 2017, on 2026-11-23.
Python 3.11, 3.12 and 3.13, NumPy >= 1.25, MXNet 1.9.1, version 0.1.0
float64, UTF-8, ResNet-50, L2, `plot_3_x`, #1f77b4
Goyal et al., 2017, section 5.1, arXiv:1706.02677, <https://a.org/17>, [a](b/17)
![](17.png) <img width='17'>
3. an item, or 4 of them <!-- 4: as the source says -->
All 1500 of them. <!-- 1500 = 30 * 50 -->
All 1500 of them. <!-- 1500 = 50 * 30 ** 2 / 30 + 0 -->
All 1500 of them. <!-- 1500: Goyal et al., section 2 -->
About 1.67, which is rounded. <!-- 1.67 = 50 / 30 -->
About 23 %. <!-- 23 % = 7 / 30 -->
"""


@pytest.mark.parametrize("line", ALLOWED.strip().splitlines())
def test_what_is_exempt_computed_or_has_a_source_is_not_reported(line, tmp_path):
    assert reported(line.replace("<!--", "\n\n<!--"), tmp_path) == []


@pytest.mark.parametrize("number", ["1.5", "-1", "2000", "0.11", "1 %", "step-8", "3.14"])
def test_what_is_close_to_it_is_reported(number, tmp_path):
    assert reported(f"It is {number}.", tmp_path) == [number.removeprefix("step-")]


# Of the first, 51 is not on the page.
@pytest.mark.parametrize(
    "why", ["= 30 * 51", "= 30 * 50 + 1", "= f(30, 50)", "= 1500", ": ?", ": 7"]
)
def test_a_wrong_expression_is_noticed(why, tmp_path):
    comment = f"<!-- 1500 {why} -->".replace(" :", ":")

    assert reported(f"All 1500 of them.\n\n{comment}", tmp_path) == [comment, "1500"]


def test_a_comment_explains_a_number_of_some_sentence(tmp_path):
    assert reported("All of them.\n\n<!-- 1500 = 30 * 50 -->", tmp_path) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "All 1500.\n\n% 1500 = 30 * 50\n\n```{code-cell}\n30, 50\n```\n"),
        ("plot_x.py", '"""All 1500.\n\n.. 1500 = 30 * 50\n"""\n30, 50\n'),
    ],
)
def test_each_kind_of_page_has_its_comments(name, text, tmp_path):
    path = tmp_path / name
    for expression, wrong in {"* 50": 0, "+ 50": 2}.items():
        path.write_text(text.replace("* 50", expression), "utf-8")
        assert len(page(path).unsupported) == wrong
