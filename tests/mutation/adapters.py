"""Mutation testing of the adapters: do their tests kill every mutant?

``python tests/mutation/adapters.py [module ...]`` does what ``run.py`` does, where the
frameworks are installed; what it accepts is in ``accepted_adapters.diff``. A framework that has
computed has threads, which no fork survives: each mutant is judged in a fork of a process that
has imported the frameworks and called none. Keras reads its backend when it is imported, so
each backend has such a process, and a mutant of the adapter to Keras survives if it survives in
all of them.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection

import run
from mutants import ROOT, Mutant
from run import CONTROL, HERE, SURVIVED

KERAS = "frameworks/_keras"
MODULES = [
    f"frameworks/{path.stem}" for path in sorted(ROOT.glob("lr_scheduler/frameworks/*.py"))
]
FILES = ("configs", "keras", "optax", "torch", "trainers", "pages")
OPTIONS = ["-o", "addopts=--doctest-modules --import-mode=importlib --strict-config"]
OPTIONS += ["-k", "not process and not compiled_once"]
ALL = ["lr_scheduler/frameworks/__init__.py"]
ALL += [f"tests/integrations/test_{name}.py" for name in FILES]
OF_KERAS = ["tests/integrations/test_keras.py"]
# What each backend of Keras judges: the first one all mutants, the others what it leaves alive.
BACKENDS = {"jax": ALL, "tensorflow": OF_KERAS, "torch": OF_KERAS}
FRAMEWORKS = (
    "keras",
    "lightning.pytorch.cli",
    "optax.contrib",
    "transformers",
    "hydra",
    "tyro",
)
FRAMEWORKS += ("torch._dynamo.testing", "torch.distributed.checkpoint.state_dict")
CONTEXT = get_context("fork")


def send_record(sender: Connection, modules: list[str], files: list[str]) -> None:
    """Run the tests, which starts threads."""
    recorded = run.record(modules, files)
    sender.send((recorded.seconds, recorded.by_line))


def send_outcomes(sender: Connection, backend: str, planted: list[Mutant]) -> None:
    """Judge mutants where Keras has this backend."""
    os.environ["KERAS_BACKEND"] = backend
    files = BACKENDS[backend]
    modules = MODULES if files is ALL else [KERAS]
    for name in FRAMEWORKS if files is ALL else ["keras"]:
        import_module(name)
    [(seconds, by_line)] = apart(send_record, modules, files)
    places = {id(mutant): place for place, mutant in enumerate(planted)}
    for mutant, outcome, last in run.judged(planted, run.Record(None, seconds, by_line)):
        sender.send((places[id(mutant)], outcome, last))


def apart(function, *arguments) -> Iterator:
    """Yield what a function sends from a process of its own."""
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=function, args=(sender, *arguments))
    process.start()
    sender.close()
    while True:
        try:
            yield receiver.recv()
        except EOFError:
            break
    process.join()
    if process.exitcode:
        sys.exit(f"{function.__name__} failed")


def judged(planted: list[Mutant]) -> Iterator[tuple[Mutant, int, str]]:
    """Yield each mutant with what became of it, and the test that ran last."""
    for backend in BACKENDS:
        alive = []
        for place, outcome, last in apart(send_outcomes, backend, planted):
            mutant = planted[place]
            is_next = mutant.module == KERAS or mutant.operator == CONTROL
            if outcome == SURVIVED and is_next and backend != [*BACKENDS][-1]:
                alive.append(mutant)
            else:
                yield mutant, outcome, last
        planted = alive


def main(names: list[str]) -> None:
    """Judge the mutants of some modules, by default of all."""
    run.PYTEST += OPTIONS
    run.MEMORY = 64 * 2**30  # the frameworks reserve more than they use
    planted = run.chosen(names or MODULES)
    listed = run.equivalents(HERE / "accepted_adapters.diff")
    if names:
        listed = {key for key in listed if key[0] in {each.function for each in planted}}
    run.report(judged(planted), len(planted), listed)


if __name__ == "__main__":
    main(sys.argv[1:])
