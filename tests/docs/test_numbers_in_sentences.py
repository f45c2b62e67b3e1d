"""A number in a sentence stands in code, or in a documented output, of the same page."""

import pytest
from support import ROOT
from support.number_check import page

PATTERNS = ("README.md", "gallery/**/*.rst", "gallery/**/*.py", "docs/**/*.md")
MADE = ("docs/_build", "docs/_data", "docs/gallery")
PAGES = [
    path
    for pattern in PATTERNS
    for path in sorted(ROOT.glob(pattern))
    if not any(path.is_relative_to(ROOT / made) for made in MADE)
]

# 17 % of the flipped digits were measured: a flip makes a number that stands on the page too,
# such as the other side of a boundary (250, 251), or one that is exempt.
LANDED_AT_MOST = 0.2


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pages_are_found(pattern):
    assert list(ROOT.glob(pattern))


def test_pages_are_of_the_kinds_that_are_read():
    rest = [path for path in ROOT.glob("docs/**/*.rst") if "gallery" not in path.parts]

    assert not rest


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_numbers_in_sentences_stand_on_their_page(path):
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text}" for line, text in page(path).unsupported
    ]

    assert not wrong, (
        "in a sentence, but not in the code or a documented output; a comment may name the "
        "expression or the source:\n" + "\n".join(wrong)
    )


def test_flipped_digits_in_sentences_are_noticed(record_property):
    landed = [
        found.supports(claim.text[:i] + str((int(digit) + 1) % 10) + claim.text[i + 1 :])
        for found in map(page, PAGES)
        for claim in found.claims
        for i, digit in enumerate(claim.text)
        if digit.isdigit()
    ]
    record_property("digits flipped in sentences", len(landed))
    record_property("not noticed", sum(landed))

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


@pytest.mark.parametrize(
    ("name", "text", "reported"),
    [
        (
            "page.md",
            NOTEBOOK,
            "2: 251, 4: 252, 5: 253, 9: 254, 17: 257, 17: 3, 17: 17, 17: 9, 12: 256, 11: 255",
        ),
        ("plot_x.py", GALLERY, "2: 251, 7: 8, 12: 253, 15: 254, 17: 255, 9: 252"),
    ],
)
def test_what_is_on_no_other_place_of_the_page_is_reported(name, text, reported, tmp_path):
    path = tmp_path / name
    path.write_text(text, "utf-8")

    assert ", ".join(f"{line}: {text}" for line, text in page(path).unsupported) == reported


def reported(text, tmp_path):
    """Return what is reported of a text on a page whose code has 30, 50 and 0.5."""
    path = tmp_path / "README.md"
    path.write_text(f"{text}\n\n```python\nf(30, 50, 0.5)\n# -> 7\n```\n", "utf-8")
    return [text for _, text in page(path).unsupported]


@pytest.mark.parametrize(
    "text",
    [
        "In 0, 1 or 2 steps, the 1st of them, in 2017, on 2026-11-23.",
        "Python 3.11, 3.12 and 3.13, NumPy >= 1.25, MXNet 1.9.1, version 0.1.0",
        "float64, UTF-8, ResNet-50, L2, `plot_3_x`, #1f77b4",
        "Goyal et al., 2017, section 5.1, arXiv:1706.02677, <https://a.org/17>, [a](b/17)",
        "3. an item\n4. another\n\n![](17.png) <img width='17'>",
    ],
)
def test_what_claims_nothing_of_a_schedule_is_exempt(text, tmp_path):
    assert reported(text, tmp_path) == []


@pytest.mark.parametrize("number", ["1.5", "-1", "2000", "0.11", "1 %", "step-8", "3.14"])
def test_what_is_close_to_it_is_not(number, tmp_path):
    assert reported(f"It is {number}.", tmp_path) == [number.removeprefix("step-")]


@pytest.mark.parametrize(
    "comment",
    ["1500 = 30 * 50", "1500 = 50 * 30 ** 2 / 30 + 0", "1500: Goyal et al., section 2"],
)
def test_a_number_may_be_computed_or_have_a_source(comment, tmp_path):
    assert reported(f"All 1500 of them.\n\n<!-- {comment} -->", tmp_path) == []


def test_a_computed_number_may_be_rounded(tmp_path):
    assert (
        reported(
            "About 1.67, or 23 %.\n\n<!-- 1.67 = 50 / 30 -->\n<!-- 23 % = 7 / 30 -->", tmp_path
        )
        == []
    )


@pytest.mark.parametrize(
    "comment",
    [
        "1500 = 30 * 51",  # not on the page
        "1500 = 30 * 50 + 1",
        "1500 = f(30, 50)",
        "1500 = 1500",
        "1500: ?",
        "1500: 7",
    ],
)
def test_a_wrong_expression_is_noticed(comment, tmp_path):
    comment = f"<!-- {comment} -->"

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
