"""One server and one browser of each mode for all the tests."""

from collections.abc import Iterator

import pytest
from browser import SITE, Browser, Server, chromium, serve


@pytest.fixture(scope="session")
def site() -> Iterator[Server]:
    with serve(SITE) as server:
        yield server


@pytest.fixture(scope="session")
def light() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def a_desktop(light: Browser) -> Iterator[None]:
    """Begin with the screen of a desk, and end in the light mode."""
    light.resize(1280)
    yield
    light.prefer("light")


@pytest.fixture(scope="session", params=["light", "dark"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    if request.param == "light":
        yield request.getfixturevalue("light")
        return
    with chromium(mode=request.param) as browser:
        yield browser
