"""The built site as a server sends it, and Chromium to look at it."""

import json
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "_build" / "html"
OPTIONS = [
    "--headless=new",
    "--no-sandbox",  # in a container there is none, and these pages are ours
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
]


def documented_policy() -> str:
    """Return the policy that the page about hosting gives."""
    page = (ROOT / "docs" / "contribute" / "host.md").read_text("utf-8")
    (policy,) = re.findall(r"^Content-Security-Policy: (.+)$", page, re.MULTILINE)
    return policy


def root(folder: Path) -> str:
    """Return the path below which a site is published, by its home page."""
    home = folder / "index.html"
    text = home.read_text("utf-8") if home.is_file() else ""
    address = re.search(r'rel="canonical" href="\w+://[^/]+(/.*)index\.html"', text)
    return address[1] if address else "/"


class Server(ThreadingHTTPServer):
    """A server that knows its address, and the requests, with the status it gave."""

    def __init__(self, folder: Path, policy: str) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=folder))
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.policy = policy
        self.root = root(folder)
        self.requests: list[tuple[str, int]] = []
        self.missing: set[str] = set()  # paths to answer with 404

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # the browser left
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Send a file with the policy that the site documents."""

    protocol_version = "HTTP/1.1"
    server: Server

    def send_head(self) -> BinaryIO | None:
        if self.path.partition("?")[0] in self.server.missing:
            self.send_error(404)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.server.root))

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the site's page for a missing address, as its servers do."""
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        super().end_headers()

    def log_request(self, code: int = 0, size: int = 0) -> None:
        self.server.requests.append((self.path, int(code)))

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(folder: Path = SITE, policy: str | None = None) -> Iterator[Server]:
    """Serve a folder as the page about hosting says, or with this policy, empty for none."""
    with Server(folder, documented_policy() if policy is None else policy) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class Browser(Chrome):
    """Chromium with what the checks ask of it."""

    def resize(self, width: int, height: int = 900) -> None:
        """Be a screen of this width, a phone's below 500 pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1}
        metrics["mobile"] = width < 500
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, mode: str) -> None:
        """Be a system whose user prefers the mode `light` or `dark`, which the site follows."""
        features = [{"name": "prefers-color-scheme", "value": mode}]
        self.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def console(self) -> list[str]:
        """Return the console's warnings and errors since the last time."""
        entries = self.get_log("browser")
        return [e["message"] for e in entries if e["level"] in ("WARNING", "SEVERE")]

    def requested(self) -> list[str]:
        """Return the addresses that were requested since the last time."""
        events = [json.loads(e["message"])["message"] for e in self.get_log("performance")]
        sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return [params["request"]["url"] for params in sent]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium without a window; no host but this one exists for it."""
    options = ChromeOptions()
    options.binary_location = shutil.which("google-chrome") or shutil.which("chromium") or ""
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Browser(options, Service(shutil.which("chromedriver")))
    browser.set_script_timeout(300)  # on a busy machine
    try:
        yield browser
    finally:
        browser.quit()
