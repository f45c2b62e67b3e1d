"""Formulas as MathML, which browsers draw themselves: no script, no font, no other host."""

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

# A browser hangs the root sign from its bar. Over a short letter such as u the sign would hang
# below the line: an empty strut gives the radicand the height for which the sign is drawn.
STRUT = '<msqrt><mspace width="0" height="{height}em" depth="0.25em"/>'


def formula(latex: str, *, as_block: bool) -> str:
    """Return a formula as MathML; the bar of a root is higher above a formula of its own."""
    mathml: str = tex2mathml(latex, as_block=as_block)
    return mathml.replace("<msqrt>", STRUT.format(height=0.66 if as_block else 0.74))


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a sentence."""
    translator.body.append(formula(node.astext(), as_block=False))
    raise nodes.SkipNode


def display(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula in a line of its own, which the keyboard can scroll."""
    mathml = formula(node.astext(), as_block=True)
    translator.body.append(f'<div class="formula" tabindex="0">{mathml}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer; ``html_math_renderer = "mathml"`` selects it."""
    app.add_html_math_renderer("mathml", (inline, None), (display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
