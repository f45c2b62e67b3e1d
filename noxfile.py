"""The workshop: `nox -s docs` and `nox -s tests` from nothing; `nox -l` lists the rest."""

import os
import shutil
import zipfile
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "uv|virtualenv"  # uv installs in a quarter of the time
nox.options.download_python = "never"
os.environ.setdefault("UV_COMPILE_BYTECODE", "1")  # once, as pip does, not in every process

ROOT = Path(__file__).parent
LOCKS = ROOT / ".ci"
SITE = Path("docs/_build/html")
GALLERY = Path("docs/gallery")
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")
# Everything from scratch, and no warning passes.
BUILD = ["-E", "-W", "-n", "-d", SITE.with_name("doctrees"), "-b", "html", "docs", SITE]
# pip, unlike uv, takes PyTorch from where its settings say, which may be a build for the CPU.
WITH_TORCH = {"venv_backend": "virtualenv"}
# These read texts alone, which are the same with every Python.
TEXTS = ["commands", "numbers_in_sentences", "speed_tables"]


def install(session: nox.Session, group: str, *more: str) -> None:
    """Install a dependency group of pyproject.toml."""
    session.install(*nox.project.dependency_groups(GROUPS, group), *more)


def install_locked(session: nox.Session, group: str) -> None:
    """Install the package and a group, in the very files that the session `lock` chose."""
    session.install("--require-hashes", "-r", LOCKS / f"{group}.txt")
    session.install("--no-build-isolation", "--no-deps", "-e.")


def install_node_packages(session: nox.Session, folder: str) -> None:
    """Install the packages that a folder locks; none of them runs a script of its own."""
    session.run("npm", "ci", "--ignore-scripts", f"--prefix={folder}", silent=True)


def pytest(session: nox.Session, *options: object, **env: str) -> None:
    """Run pytest on all cores, apart from what runs beside this session."""
    env = {"COVERAGE_FILE": f"{session.create_tmp()}/coverage", "MPLBACKEND": "agg", **env}
    parallel = ["-n", "auto", "--dist", "worksteal"]
    session.run("pytest", *parallel, *options, *session.posargs, env=env)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format and spelling; the types of the scripts too."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    install_node_packages(session, "tests/javascript")
    run = ["npm", "exec", "--prefix=tests/javascript", "--"]
    scripts = ["docs/_ext/explorer/static", "docs/_ext/lab/static", "docs/_static"]
    config = "--config=tests/javascript/eslint.config.mjs"
    session.run(*run, "eslint", "--max-warnings=0", config, *scripts, silent=True)
    for extension in ("explorer", "lab"):
        config = f"docs/_ext/{extension}/jsconfig.json"
        session.run(*run, "tsc", "--project", config, silent=True)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types with mypy."""
    install(session, "types", "-e.")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; they have to cover every line and branch of the package."""
    install_locked(session, "test")
    pytest(session, "--cov")


@nox.session
def exhaustive(session: nox.Session) -> None:
    """Run the proofs that take minutes: every digit flipped, thousands of random schedules."""
    check_browsers(session)
    install_locked(session, "test")
    install(session, "browser")
    pytest(session, "-m", "exhaustive or hypothesis", "--hypothesis-profile=thorough")
    pytest(session, "tests/browser", "-m", "exhaustive")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def matrix(session: nox.Session) -> None:
    """Test with each of these Pythons and the newest release of everything else."""
    install(session, "test", "-e.[plot]")
    ignored = ["tests/release", *(f"tests/docs/test_{name}.py" for name in TEXTS)]
    pytest(session, "--cov", *(f"--ignore={path}" for path in ignored))


@nox.session(python=["3.13t", "3.14t"])
def free_threaded(session: nox.Session) -> None:
    """Use the same schedulers in many threads at once, where there is such a Python."""
    session.install("-e.", "hypothesis", "pytest")
    session.run("pytest", "tests/schedules/test_concurrent.py", "tests/arrays")


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """Test the package alone, with the oldest NumPy and matplotlib that it admits."""
    session.install("-e.", "numpy==1.25.*", "matplotlib==3.8.*", "pyparsing<3.3")
    session.install("hypothesis", "pytest", "pytest-xdist")
    ignored = ("docs", "explorer", "release")  # they need what builds the site
    pytest(session, *(f"--ignore=tests/{folder}" for folder in ignored))


def install_peers(session: nox.Session, group: str) -> dict[str, str]:
    """Install other libraries; return the environment in which they are found."""
    install(session, group, "-e.[plot]")
    alone = Path(session.virtualenv.location) / "without dependencies"
    group = "peers-without-dependencies"
    install(session, group, "--no-deps", "--upgrade", f"--target={alone}")
    return {"PEERS_WITHOUT_DEPENDENCIES": str(alone), "KERAS_BACKEND": "jax"}


@nox.session(**WITH_TORCH)
def benchmark(session: nox.Session) -> None:
    """Time the package beside other libraries; write the tables of the page on speed."""
    env = install_peers(session, "benchmark")
    measured = Path(session.create_tmp()) / "measured.json"
    options = ["--override-ini=addopts=", "-q", f"--benchmark-json={measured}"]
    order = ("one_call", "far", "curve", "torch_step", "jax", "update", "import", "site")
    tests = [f"tests/benchmark/test_{of}.py" for of in order]
    session.run("pytest", *options, *tests, *session.posargs, env=env)
    session.run("python", "tests/benchmark/table.py", measured, "docs/_data/speed.md")


@nox.session(**WITH_TORCH)
def integrations(session: nox.Session) -> None:
    """Run the real libraries and compare their rates; train with the real frameworks."""
    env = install_peers(session, "peers")
    options = ["-o", "addopts=--doctest-modules --import-mode=importlib --strict-config"]
    if "-m" not in session.posargs:  # -m exhaustive tests/integrations/test_rates.py: all sets
        options += ["-m", "not exhaustive"]
    if not session.posargs:  # all that needs a framework, and the other sessions leave out
        options += map(str, sorted(ROOT.glob("tests/integrations/test_*.py")))
        options += ["lr_scheduler/frameworks/__init__.py"]
        options += ["--cov", "--cov-config=tests/integrations/coverage.toml"]
    pytest(session, *options, **env)


@nox.session
def mutation(session: nox.Session) -> None:
    """Mutation testing: check that the tests kill every mutant (takes hours)."""
    install(session, "mutation", "-e.[plot]")
    env = {"MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1"}
    session.run("python", "tests/mutation/run.py", *session.posargs, env=env)


@nox.session(**WITH_TORCH)
def mutation_adapters(session: nox.Session) -> None:
    """Mutation testing of the adapters, where the real frameworks are (takes hours)."""
    env = install_peers(session, "mutation-adapters")
    env |= {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    session.run("python", "tests/mutation/adapters.py", *session.posargs, env=env)


def build(session: nox.Session, python: str | Path, env: dict[str, str] | None = None) -> None:
    """Build the site in the current folder."""
    session.run(python, "-m", "sphinx", *BUILD, env=env, external=True)
    (SITE / ".buildinfo").unlink()  # Sphinx's note for itself, which hashes its packages' paths


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site: run its code and compare the documented values."""
    install_locked(session, "docs")
    for made in (SITE, GALLERY):  # what stands there leaves traces in what is built
        shutil.rmtree(made, ignore_errors=True)
    build(session, "python")
    session.log(f"The site is at {ROOT / SITE / 'index.html'}")


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build site, sdist and wheel twice, at different places and times; compare the bytes."""
    install_locked(session, "docs")
    install(session, "release", "time-machine>=2.16")
    folder = Path(session.create_tmp()).resolve()
    ascii_alone = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    surroundings = {
        "here": {"CLOCK": "2024-02-29T23:59", "TZ": "UTC-14", "LC_ALL": "C.UTF-8"},
        "far away": {"CLOCK": "2031-12-01T00:00", "TZ": "UTC+11", **ascii_alone},
    }
    built = []
    for seed, (place, env) in enumerate(surroundings.items()):
        shutil.rmtree(folder / place, ignore_errors=True)
        clone = folder / place / "clone"
        session.run("git", "clone", "--quiet", ROOT, clone, external=True)
        venv = folder / place / "venv"  # by this name Python finds itself and its packages
        venv.symlink_to(session.virtualenv.location)
        python = venv / Path(session.bin).name / "python"
        path = f"{ROOT / 'tests' / 'reproduce'}{os.pathsep}{clone}"
        env |= {"PYTHONHASHSEED": str(seed), "PYTHONPATH": path}
        with session.chdir(clone):
            session.run(python, "-m", "build", "--no-isolation", env=env, external=True)
            build(session, python, env)
        files = [*clone.glob("dist/*"), *(clone / SITE).rglob("*")]
        built.append({f.relative_to(clone): f.read_bytes() for f in files if f.is_file()})
    here, there = built
    names = sorted(map(str, here.keys() | there.keys()))
    different = [name for name in names if here.get(Path(name)) != there.get(Path(name))]
    if different:
        session.error(f"{len(different)} files differ: {', '.join(different)}")
    session.log(f"{len(here)} files are the same, byte for byte")


def check_browsers(session: nox.Session) -> None:
    """Fail with the command that installs or builds what is missing."""
    lines = (ROOT / ".ci" / "browsers").read_text().splitlines()
    missing = [
        package
        for package, *programs in map(str.split, lines)
        if not any(map(shutil.which, programs))
    ]
    if missing:
        session.error(f"needed: apt-get install {' '.join(missing)}")
    if not (ROOT / SITE / "index.html").exists():
        session.error("there is no site yet: run nox -s docs first")


@nox.session
def browser(session: nox.Session) -> None:
    """Check every page of the built site in Chromium; use the explorer in three browsers."""
    check_browsers(session)
    install(session, "browser")
    install_node_packages(session, "tests/browser")
    pytest(session, "tests/browser")


@nox.session
def serve(session: nox.Session) -> None:
    """Open the site at a local address and rebuild it on every change."""
    install(session, "serve", "-e.[plot]")
    made = [f"--ignore={ROOT / 'docs' / name}" for name in ("gallery", "_build", "_ipython")]
    watched = ["--watch=lr_scheduler", "--watch=gallery", "--watch=README.md"]
    options = ["--open-browser", "--port=0", *watched, *made, *session.posargs]
    session.run("sphinx-autobuild", *options, *BUILD[1:])


@nox.session
def rewrite_values(session: nox.Session) -> None:
    """Rewrite the documented values and the README's picture from what the code gives."""
    install(session, "docs", "-e.[plot]")
    session.run("python", "docs/_ext/lr_site/documented.py", env={"MPLBACKEND": "agg"})
    picture = ["gallery/plot_09_compare.py", "docs/_static/schedules.svg"]
    session.run("python", "docs/_ext/lr_site/picture.py", *picture, silent=True)


@nox.session
def lock(session: nox.Session) -> None:
    """Lock the newest packages for the sessions `docs` and `tests`, with hashes."""
    session.install("uv")
    backend = Path(session.create_tmp()) / "backend.in"
    # With what hatchling asks for where a package is installed in place.
    backend.write_text("\n".join([*GROUPS["build-system"]["requires"], "editables"]))
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--upgrade"]
    options += ["--no-annotate", "--no-header", "--quiet", "--extra=plot"]
    for group in ("docs", "test"):
        made = ["--group", group, "pyproject.toml", backend, "-o", LOCKS / f"{group}.txt"]
        session.run("uv", "pip", "compile", *options, *made)


@nox.session
def release_check(session: nox.Session) -> None:
    """Build the sdist and the wheel; install the wheel in a clean environment and use it."""
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
    check = [
        ROOT / "tests" / "release" / "check.py",
        ROOT / "README.md",
        ROOT / "tests" / "release" / "surface.txt",
    ]
    session.run(python, "-I", *check, external=True)
