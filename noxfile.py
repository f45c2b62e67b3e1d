"""The workshop: `nox -s docs` and `nox -s tests` from nothing; `nox -l` lists the rest."""

import os
import shutil
import zipfile
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
SITE = ROOT / "docs" / "_build" / "html"
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")
# All anew, and no warning passes.
BUILD = ["-E", "-W", "-n", "-d", SITE.with_name("doctrees"), "-b", "html", "docs", SITE]


def install(session: nox.Session, group: str, *more: str) -> None:
    """Install a dependency group of pyproject.toml."""
    session.install(*nox.project.dependency_groups(GROUPS, group), *more)


@nox.session
def lint(session: nox.Session) -> None:
    """Look at the code's form, and at the spelling."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    install(session, "types", "-e.")
    session.run("mypy")


def run_tests(session: nox.Session) -> None:
    """Run the tests and demand that they reach every line and branch of the package."""
    install(session, "test", "-e.[plot]")
    session.run("pytest", "--cov", *session.posargs, env={"MPLBACKEND": "agg"})


@nox.session
def tests(session: nox.Session) -> None:
    """Test, with the Python that runs nox."""
    run_tests(session)


@nox.session(python=["3.11", "3.12", "3.13"])
def matrix(session: nox.Session) -> None:
    """Test, with each of these Pythons that is present."""
    run_tests(session)


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """Test the package alone, with the oldest NumPy and matplotlib that it admits."""
    session.install("-e.", "numpy==1.25.*", "matplotlib==3.8.*", "pyparsing<3.3")
    session.install("hypothesis", "pytest")
    of_the_site = [
        f"test_{of}" for of in ("documented", "explorer", "gallery", "peers", "prose")
    ]
    unread = ("pages", "prose", *of_the_site)
    ignored = [f"--ignore={p}" for p in ROOT.glob("tests/*.py") if p.stem.startswith(unread)]
    session.run("pytest", *ignored, *session.posargs, env={"MPLBACKEND": "agg"})


@nox.session
def peers(session: nox.Session) -> None:
    """Ask the real libraries again, and train with the real frameworks."""
    install(session, "peers", "-e.")
    bare = Path(session.virtualenv.location) / "bare"
    install(session, "bare-peers", "--no-deps", "--upgrade", f"--target={bare}")
    env = {"BARE_PEERS": str(bare), "KERAS_BACKEND": "jax", "PYTHONPATH": "docs/_ext"}
    options = ["-o", "addopts=--doctest-modules --strict-config --strict-markers"]
    if session.posargs:
        session.run("pytest", *options, *session.posargs, env=env)
        return
    # The modules that need a framework, which the other sessions leave out.
    tests = sorted(ROOT.glob("tests/peers/test_*.py"))  # not what only one library can import
    tested = [*map(str, tests), "lr_scheduler/_frameworks.py"]
    coverage = ["--cov", "--cov-config=tests/peers/coverage.toml"]
    session.run("pytest", *options, *tested, *coverage, env=env)


@nox.session
def mutation(session: nox.Session) -> None:
    """Plant errors in the package, or in the modules named: is every one noticed? An hour."""
    install(session, "mutation", "-e.[plot]")
    env = {"MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1"}
    session.run("python", "tests/mutation/run.py", *session.posargs, env=env)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site: run every example, compare every value."""
    install(session, "docs", "-e.[plot]")
    session.run("sphinx-build", *BUILD)
    session.log(f"The site is at {SITE / 'index.html'}")


@nox.session(requires=["docs"])
def site(session: nox.Session) -> None:
    """Look at every page of the site in Chromium, as the docs session just built it."""
    browser = shutil.which("google-chrome") or shutil.which("chromium")
    if not (browser and shutil.which("chromedriver") and shutil.which("java")):
        session.error("needed: apt-get install chromium chromium-driver default-jre-headless")
    install(session, "site")
    session.run("npm", "ci", "--ignore-scripts", "--prefix=tests/site", silent=True)
    session.run("pytest", "tests/site", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Open the site at a local address and rebuild it on every change."""
    install(session, "serve", "-e.[plot]")
    made = [f"--ignore={ROOT / 'docs' / name}" for name in ("gallery", "_build", "_ipython")]
    watched = ["--watch=lr_scheduler", "--watch=gallery", "--watch=README.md"]
    options = ["--open-browser", "--port=0", *watched, *made, *session.posargs]
    session.run("sphinx-autobuild", *options, *BUILD[1:])


@nox.session
def update(session: nox.Session) -> None:
    """Rewrite the documented values and the picture from what the code gives."""
    install(session, "docs", "-e.[plot]")
    session.run("python", "docs/_ext/documented.py", env={"MPLBACKEND": "agg"})
    picture = ["gallery/plot_09_compare.py", "docs/_static/schedules.svg"]
    session.run("python", "docs/_ext/picture.py", *picture, silent=True)


@nox.session
def release_check(session: nox.Session) -> None:
    """Build the sdist and the wheel, and use the wheel as those who install it will."""
    install(session, "release")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    session.run("python", "-m", "build")
    (wheel,) = ROOT.glob("dist/*.whl")
    session.run("twine", "check", "--strict", *ROOT.glob("dist/*"))
    session.run("check-wheel-contents", wheel)
    foreign = [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.startswith(("lr_scheduler/", "schedule_learning_"))
    ]
    if foreign:
        session.error(f"not of the package: {foreign}")
    clean = Path(session.create_tmp()) / "clean"
    session.run("python", "-m", "venv", "--clear", clean)
    python = clean / ("Scripts" if os.name == "nt" else "bin") / "python"
    session.run(python, "-m", "pip", "install", "--quiet", wheel, external=True)
    check = [ROOT / "tests" / "release.py", ROOT / "README.md", ROOT / "tests" / "surface.txt"]
    session.run(python, "-I", *check, external=True)
