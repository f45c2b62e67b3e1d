"""Mutation testing: do the tests kill every mutant of the package?

``python tests/mutation/run.py [module ...]`` takes the mutants from Cosmic Ray and runs, for
each, the tests that reach its line; ``module:function`` takes the mutants of one function.
``adapters.py`` judges the adapters to frameworks. A mutant of a formula has to die by the
documentation: by what checks documented values, formulas and curves. A mutant that survives
has to stand in ``accepted.diff``, with the reason why it changes nothing that can be seen; so
has a mutant of a formula that only the other tests kill.

The mutants are stock; what runs them is not. Cosmic Ray starts the test command for each
mutant: importing and collecting alone take longer than the few tests that this runner selects
by line, in a fork of a process that has imported everything. mutmut forks too, but leaves out
what stands outside of functions: constants, fields, decorators. Neither asks which tests kill a
mutant, and both accept survivors by a comment on a line, which hides all mutants of the line.
"""

import functools
import gc
import importlib
import importlib.machinery
import importlib.util
import os
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import Phase, settings
from mutants import ROOT, Mutant, mutants

HERE = Path(__file__).parent
JOBS = 2

# What pytest is told; the first error is enough, and need not be made small or told.
PYTEST = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "--hypothesis-profile=mutation"]
PYTEST += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # Hypothesis is there before
# These run the package in other processes, where no mutant is, or look at the texts alone.
UNREAD = ("documented_can_fail", "numbers_in_sentences", "speed_tables", "commands")
BLIND = [f"--ignore-glob=tests/docs/test_{name}*" for name in UNREAD]
BLIND += [
    "--ignore=tests/release",
    "-k",
    "not download and not update_restores and not processes",
]
# Docstrings, documented values, formulas, curves, and the rates beside other libraries'.
SOURCES = ("formulas", "pages", "peer_rates")
DOCUMENTATION = ("lr_scheduler/", *(f"tests/docs/test_{name}.py" for name in SOURCES))
DOCUMENTATION += ("tests/integrations/test_pages.py",)
# These need the real frameworks, which the session `integrations` has.
ELSEWHERE = {"keras"}
LAYOUT = {"_chart", "_html", "_labels", "_places", "_terminal"}  # a pixel more is no error
ALL = {path.stem for path in ROOT.glob("lr_scheduler/*.py")}
MODULES = sorted(ALL - ELSEWHERE - LAYOUT)
CONTROL = "none"  # the operator of what is not mutated
settings.register_profile(
    "mutation", deadline=None, database=None, derandomize=True, phases=[Phase.generate]
)
# How a child ends: with one of these, or in an endless loop by the timer of its stage.
SURVIVED, BY_DOCUMENTATION, BY_TESTS, FAILED = range(4)
NAMES = {SURVIVED: "alive", BY_DOCUMENTATION: "by documentation", BY_TESTS: "by tests"}
STAGES = {BY_DOCUMENTATION: signal.SIGPROF, BY_TESTS: signal.SIGVTALRM}
TIMERS = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGVTALRM: signal.ITIMER_VIRTUAL}
OUTCOMES = {-number: stage for stage, number in STAGES.items()}
MEMORY = 8 * 2**30  # bytes, for what grows without end


@dataclass
class Record:
    """A plugin of pytest: which tests reach which lines, and in how much time."""

    coverage: Coverage | None
    seconds: dict[str, float] = field(default_factory=dict)
    by_line: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.coverage.switch_context(item.nodeid)
        start = time.process_time()
        result = yield
        self.seconds[item.nodeid] = time.process_time() - start
        return result

    def stop(self) -> None:
        """Keep what was measured as plain dicts, which another process can read."""
        self.coverage.stop()
        data, self.coverage = self.coverage.get_data(), None
        self.by_line = {path: data.contexts_by_lineno(path) for path in data.measured_files()}

    def tests(self, mutant: Mutant) -> tuple[set[str], set[str]]:
        """Return the tests that reach a mutant, and the others if it runs before them too."""
        by_line = self.by_line.get(mutant.path, {})
        found = {test for line in mutant.lines or by_line for test in by_line.get(line, ())}
        return found - {""}, self.seconds.keys() - found if "" in found else set()


def record(modules: list[str], tests: list[str]) -> Record:
    """Run the tests on the package as it is. What they import stays warm."""
    folder = tempfile.mkdtemp()
    recorded = Record(
        Coverage(f"{folder}/coverage", source=["lr_scheduler"], config_file=False)
    )
    recorded.coverage.start()
    for module in modules:
        importlib.import_module(imported(module))
    result = pytest.main([*PYTEST, *tests], plugins=[recorded])
    recorded.stop()
    if result:
        sys.exit("the tests have to pass before they can judge")
    forget()
    return recorded


def imported(module: str) -> str:
    """Return the name by which a module is imported, such as `frameworks/_torch`."""
    return f"lr_scheduler.{module}".replace("/", ".").removesuffix(".__init__")


def forget() -> None:
    """Drop what comes from here, so that a child imports the mutant."""
    from lr_site import documented

    documented.code_in = functools.cache(documented.code_in)  # the pages stay as they are
    kept = (documented.__file__, str(HERE), sys.prefix)  # nox puts its environments here
    for name, module in [*sys.modules.items()]:
        path = getattr(module, "__file__", None) or ""
        if path.startswith(f"{ROOT}/") and not path.startswith(kept):
            del sys.modules[name]


class Planted(importlib.machinery.SourceFileLoader):
    """Import the package with the mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(imported(mutant.module), mutant.path)
        self.source = mutant.source

    def find_spec(self, name, path=None, target=None):
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)
        return None

    def get_code(self, name):
        return compile(self.source, self.path, "exec")


@dataclass
class Only:
    """A plugin of pytest: run these tests alone, the quickest first, none without end."""

    seconds: dict[str, float]
    signal: signal.Signals
    running: Path  # holds the test that runs, also after this process has ended

    def pytest_collection_modifyitems(self, items):
        items[:] = sorted(
            (item for item in items if item.nodeid in self.seconds),
            key=lambda item: self.seconds[item.nodeid],
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.running.write_text(item.nodeid, "utf-8")
        self.limit(5 + 20 * self.seconds[item.nodeid])
        return (yield)

    def limit(self, seconds: float) -> None:
        """End this process after so many seconds of its work; 0 for never."""
        signal.setitimer(TIMERS[self.signal], seconds)


def judge(
    mutant: Mutant, ranks: tuple[set[str], ...], all_seconds: dict[str, float], running: Path
) -> int:
    """Run the tests on a mutant, in a child; return who killed it."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.meta_path.insert(0, Planted(mutant))
    signal.setitimer(signal.ITIMER_PROF, 60)  # what an import runs is no test
    try:
        importlib.import_module(imported(mutant.module))
    except Exception:  # whatever it is: no docstring runs in a package that cannot be imported
        return BY_DOCUMENTATION
    signal.setitimer(signal.ITIMER_PROF, 0)
    groups: dict[tuple[int, int, str], dict[str, float]] = defaultdict(dict)
    for is_other, tests in enumerate(ranks):
        for test in tests:
            stage = BY_DOCUMENTATION if test.startswith(DOCUMENTATION) else BY_TESTS
            place = "" if test.startswith("lr_scheduler/") else test.split("::")[0]
            groups[stage, is_other, place][test] = all_seconds[test]

    def turn(group: tuple[int, int, str]) -> tuple[int, int, float]:
        stage, is_other, _ = group
        # Of a formula it matters whether the documentation alone notices.
        return stage if mutant.is_formula else 0, is_other, sum(groups[group].values())

    for group in sorted(groups, key=turn):
        stage, seconds = group[0], groups[group]
        files = {test.split("::")[0] for test in seconds}
        only = Only(seconds, STAGES[stage], running)
        only.limit(60)  # for what is imported
        result = pytest.main([*PYTEST, *sorted(files)], plugins=[only])
        if result not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return stage
        only.limit(0)
    return SURVIVED


def judged(planted: list[Mutant], recorded: Record) -> Iterator[tuple[Mutant, int, str]]:
    """Yield each mutant with what became of it, and the test that ran last."""
    gc.freeze()
    folder = Path(tempfile.mkdtemp())
    waiting, running = planted[::-1], {}
    while waiting or running:
        if waiting and len(running) < JOBS:
            mutant = waiting.pop()
            ranks = recorded.tests(mutant)  # which a child could not read
            last = folder / f"{len(waiting)}"
            last.touch()
            if child := os.fork():
                running[child] = mutant, last
                continue
            try:
                os._exit(judge(mutant, ranks, recorded.seconds, last))
            finally:
                os._exit(FAILED)
        child, status = os.wait()
        if child in running:
            code = os.waitstatus_to_exitcode(status)
            mutant, last = running.pop(child)
            yield mutant, OUTCOMES.get(code, code), last.read_text("utf-8")


def equivalents(path: Path) -> set[tuple[str, ...]]:
    """Read a list: the names of the functions, each with the statements that differ."""
    found = set()
    for block in path.read_text("utf-8").split("\n\n"):
        name, _, rest = block.partition(": ")
        for change in re.findall(r"(?:^- .*\n?)+(?:^\+ .*\n?)*", rest, re.MULTILINE):
            found.add((name.strip(), *change.splitlines()))
    return found


def chosen(names: list[str]) -> list[Mutant]:
    """Return the mutants of modules, and before them the package without an error.

    There it has to live, or no death would mean a thing.
    """
    source = (ROOT / "lr_scheduler" / "_schedule.py").read_text("utf-8")
    found = [Mutant("_schedule", "", CONTROL, None, source, ())]
    for name in names:
        module, _, function = name.partition(":")
        found += [each for each in mutants(module) if function in ("", each.function)]
    return found


def report(
    outcomes: Iterable[tuple[Mutant, int, str]], total: int, listed: set[tuple[str, ...]]
) -> None:
    """Print what became of the mutants; fail if those that live are not those listed."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unused, wrong = {*listed}, 0
    for number, (mutant, outcome, last) in enumerate(outcomes, 1):
        print(f"\r{number} of {total} ", end="", file=sys.stderr, flush=True)
        if mutant.operator == CONTROL:
            if outcome != SURVIVED:
                sys.exit(f"killed without a mutant: {NAMES.get(outcome, outcome)}, in {last}")
            continue
        key = (mutant.function, *mutant.change)
        told = NAMES.get(outcome, f"ended with {outcome}")
        if outcome == BY_DOCUMENTATION or (outcome == BY_TESTS and not mutant.is_formula):
            pass
        elif outcome in NAMES and key in listed:
            unused.discard(key)
            told = "equivalent" if outcome == SURVIVED else told
        else:
            wrong += 1
            print(f"\n{told} ({last}):", *key, sep="\n", flush=True)
        kind = "formulas" if mutant.is_formula else "other lines"
        for name in (mutant.module, kind):
            counts[name].update(("made", told))
    for key in unused:
        print("\nlisted, but killed, or not made:", *key, sep="\n")
    print()
    for name, count in counts.items():
        print(f"{name:15}", ", ".join(f"{count[told]} {told}" for told in count))
    sys.exit(bool(wrong or unused))


def main(names: list[str]) -> None:
    """Judge the mutants of some modules, by default of all."""
    planted, listed = chosen(names or MODULES), equivalents(HERE / "accepted.diff")
    if names:  # of a function that has no mutant here, nothing can be said
        listed = {key for key in listed if key[0] in {each.function for each in planted}}
    report(judged(planted, record(MODULES, BLIND)), len(planted), listed)


if __name__ == "__main__":
    main(sys.argv[1:])
