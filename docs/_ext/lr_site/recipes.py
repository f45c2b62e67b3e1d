"""Famous schedules: ``{recipes}`` shows each of ``_data/recipes.toml``, ``{famous}`` a strip.

The build fails where an expression differs from a value that its source states or computes.
"""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from explorer.page.expressions import encode
from explorer.page.expressions import read as read_expression
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from lr_scheduler import Scheduler
from lr_scheduler._chart import number_text

from . import curves, documented

DATA = Path(__file__).parents[2] / "_data" / "recipes.toml"
FIELDS = {"language": "Language models", "vision": "Vision models"}
TOKENS = {"billion tokens": 1e9, "million tokens": 1e6}
EXACT = 1e-9  # the relative difference that a value may have, unless it says another


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """A famous schedule; recipes.toml describes the fields."""

    field: str
    name: str
    year: int
    summary: str
    expression: str
    length: int
    unit: str
    batch: str
    values: list[list[float]]
    source: str
    address: str
    open: str = ""
    note: str = ""
    steps: str = ""
    clock: str = ""
    log: bool = False

    @property
    def scheduler(self) -> Scheduler:
        """The schedule, which counts in `unit`."""
        return curves.evaluate(self.expression)

    @property
    def stretched(self) -> tuple[float, Scheduler]:
        """How many units an iteration has, and the schedule, which counts iterations."""
        if not self.steps:
            return 1, self.scheduler
        scheduler: Any = curves.evaluate(f"({self.expression.strip()}){self.steps}")
        return 1 / scheduler.factor, scheduler

    @property
    def anchor(self) -> str:
        """The place of the recipe on its page."""
        return str(nodes.make_id(self.name))

    @property
    def state(self) -> str:
        """The fragment of an address that opens the recipe in the explorer, in iterations."""
        unit, _ = self.stretched
        parts = [encode(read_expression(f"({self.expression.strip()}){self.steps}"))]
        parts.append(f"last={round(self.length / unit)}")
        if self.steps and self.unit == "epochs":
            parts.append(f"x=epochs&per={1 / unit:.6g}")
        elif self.steps:
            parts.append(f"x=tokens&per={unit * TOKENS[self.unit]:.6g}")
        return "&".join([*parts, *["y=log"] * self.log])

    @property
    def differences(self) -> list[str]:
        """The values of the source that the expression does not give."""
        scheduler = self.scheduler
        return [
            f"{self.name}: {scheduler(int(time))} at {time:,}, the source has {rate}"
            for time, rate, *allowed in self.values
            if not math.isclose(
                scheduler(int(time)),
                rate,
                rel_tol=allowed[0] if allowed else EXACT,
                abs_tol=0 if rate else 1e-12,
            )
        ]


def read(path: Path = DATA) -> list[Recipe]:
    """Return the recipes of a file, in its order."""
    return [Recipe(**entry) for entry in tomllib.loads(path.read_text("utf-8"))["recipe"]]


class Recipes(SphinxDirective):
    """Show all recipes, a section for each."""

    def run(self) -> list[nodes.Node]:
        """Compare the values, and show the recipes of each field."""
        self.env.note_dependency(str(DATA))
        recipes = read()
        if wrong := [text for recipe in recipes for text in recipe.differences]:
            raise self.error("\n".join(wrong))
        sections = []
        for field, title in FIELDS.items():
            section = self.section(title)
            section += [self.show(recipe) for recipe in recipes if recipe.field == field]
            sections.append(section)
        count = sum(len(recipe.values) for recipe in recipes)
        return [*sections, documented.mark(count, "The site build checked", self.env.docname)]

    def section(self, title: str, anchor: str = "") -> nodes.section:
        """Return a section without content."""
        ids = [anchor or nodes.make_id(title)]
        section = nodes.section("", nodes.title("", title), ids=ids)
        section["names"].append(nodes.fully_normalize_name(title))
        return section

    def show(self, recipe: Recipe) -> nodes.section:
        """Show a recipe: picture, expression, facts and source."""
        section = self.section(f"{recipe.name} ({recipe.year})", recipe.anchor)
        unit, stretched = recipe.stretched
        picture = curves.picture(
            stretched,
            round(recipe.length / unit),
            recipe.name,
            recipe.unit.capitalize(),
            unit=unit,
            log=recipe.log,
            dots=[round(time / unit) for time, *_ in recipe.values],
        )
        drawn = nodes.container(classes=["recipe-picture"])
        drawn += nodes.raw("", picture, format="html")
        beside = nodes.container(classes=["recipe"])
        beside += [drawn, self.facts(recipe)]
        section += [
            nodes.paragraph("", recipe.summary),
            beside,
            curves.code(recipe.expression),
        ]
        section += self.use(recipe)
        return section

    def facts(self, recipe: Recipe) -> nodes.definition_list:
        """Return what the source states, where it is, what it leaves open, and a note."""
        link = nodes.reference("", recipe.source, refuri=recipe.address)
        facts = nodes.definition_list("", classes=["recipe-facts"])
        for term, body in (
            ("Stated or computed", stated(recipe)),
            ("Batch size", nodes.paragraph("", recipe.batch)),
            ("Source", nodes.paragraph("", "", link)),
            ("Not stated in the source", nodes.paragraph("", recipe.open)),
            ("Note", nodes.paragraph("", recipe.note)),
        ):
            if body.astext():
                facts += nodes.definition_list_item(
                    "", nodes.term("", term), nodes.definition("", body)
                )
        return facts

    def use(self, recipe: Recipe) -> nodes.paragraph:
        """Say how the expression counts, and link to the explorer."""
        paragraph = nodes.paragraph()
        if recipe.steps:
            paragraph += [
                nodes.Text(f"It counts {recipe.unit}: append "),
                nodes.literal("", recipe.steps),
                nodes.Text(" to count iterations. "),
            ]
        if recipe.clock:
            paragraph += [
                nodes.literal("", recipe.clock),
                nodes.Text(" counts the tokens of its batches. "),
            ]
        page = self.env.app.builder.get_relative_uri(self.env.docname, "explore")
        fragment = quote(recipe.state, safe="&(),=")
        paragraph += nodes.reference("", "Open it in the explorer", refuri=f"{page}#{fragment}")
        return paragraph


def stated(recipe: Recipe) -> nodes.table:
    """Return the rates that the source states or computes, as a table."""
    rows = [[f"{time:,}", number_text(rate)] for time, rate, *_ in recipe.values]
    group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.colspec(colwidth=1), cols=2)
    group += nodes.thead("", row([recipe.unit, "rate"]))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group, classes=["recipe-values"])


def row(texts: list[str]) -> nodes.row:
    """Return a row of a table."""
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", text)) for text in texts])


class Famous(SphinxDirective):
    """Show all recipes as a strip of small pictures, each a link to its section."""

    def run(self) -> list[nodes.Node]:
        """Draw each recipe over its length."""
        self.env.note_dependency(str(DATA))
        page = self.env.app.builder.get_relative_uri(self.env.docname, "famous")
        strip = nodes.bullet_list("", classes=["recipe-strip"])
        for recipe in read():
            unit, stretched = recipe.stretched
            small = curves.sparkline(stretched, round(recipe.length / unit))
            link = nodes.reference(
                "",
                "",
                nodes.raw("", small, format="html"),
                nodes.inline("", recipe.name),
                refuri=f"{page}#{recipe.anchor}",
                internal=True,
            )
            strip += nodes.list_item("", addnodes.compact_paragraph("", "", link))
        return [strip]


def offer(app: Sphinx, config: Config) -> None:
    """Let the explorer offer the recipes."""
    recipes = read()
    config.explorer_presets = {
        title: {
            f"{each.name} ({each.year})": (each.state, f"famous.html#{each.anchor}")
            for each in recipes
            if each.field == field
        }
        for field, title in FIELDS.items()
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    app.connect("config-inited", offer)
    app.add_directive("recipes", Recipes)
    app.add_directive("famous", Famous)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
