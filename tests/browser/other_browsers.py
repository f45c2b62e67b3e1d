"""Firefox and WebKitGTK, which Selenium drives as it drives Chromium."""

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Any

from selenium.webdriver import FirefoxOptions, Remote, WebKitGTKOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.service import Service

MARIONETTE = {
    Command.CLEAR_ELEMENT: "WebDriver:ElementClear",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.FIND_CHILD_ELEMENT: "WebDriver:FindElement",
    Command.FIND_CHILD_ELEMENTS: "WebDriver:FindElements",
    Command.FIND_ELEMENT: "WebDriver:FindElement",
    Command.FIND_ELEMENTS: "WebDriver:FindElements",
    Command.GET: "WebDriver:Navigate",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.GET_ELEMENT_TEXT: "WebDriver:GetElementText",
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.QUIT: "Marionette:Quit",
    Command.SCREENSHOT: "WebDriver:TakeScreenshot",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.SET_TIMEOUTS: "WebDriver:SetTimeouts",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "WebDriver:ExecuteAsyncScript",
}


class Marionette:
    """A connection to Firefox itself, in place of geckodriver, which Debian does not have.

    A message is its length in bytes, a colon and JSON; see
    https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
    """

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._stream = self._socket.makefile("rwb")
        self._receive()  # who it is

    def _receive(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            length += byte
        return json.loads(self._stream.read(int(length)))

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        params.pop("sessionId", None)
        if command in (Command.FIND_CHILD_ELEMENT, Command.FIND_CHILD_ELEMENTS):
            params["element"] = params.pop("id")  # the element to look in
        message = json.dumps([0, 0, MARIONETTE[command], params]).encode()
        self._stream.write(b"%d:%b" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._receive()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        return result if isinstance(result, dict) and "value" in result else {"value": result}

    def close(self) -> None:
        self._stream.close()
        self._socket.close()


@contextmanager
def firefox() -> Iterator[Remote]:
    """Start Firefox without a window."""
    program = shutil.which("firefox-esr") or "firefox"
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text('user_pref("marionette.port", 0);\n')
        command = [program, "--marionette", "--headless", "--no-remote", "--profile", profile]
        with Popen(command, stdout=DEVNULL, stderr=DEVNULL) as process:
            try:
                chosen = Path(profile, "MarionetteActivePort")
                while not (chosen.exists() and chosen.read_text()):
                    assert process.poll() is None, "Firefox does not start"
                    time.sleep(0.05)
                browser = Remote(Marionette(int(chosen.read_text())), options=FirefoxOptions())
                browser.set_script_timeout(300)  # on a busy machine
                yield browser
                browser.quit()
            finally:
                process.kill()


@contextmanager
def screen() -> Iterator[str]:
    """Start a screen that nobody sees, and return its name."""
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x900x24"]
    with Popen(command, stdout=PIPE, stderr=DEVNULL) as process:
        try:
            yield f":{process.stdout.readline().decode().strip()}"
        finally:
            process.terminate()


@contextmanager
def webkitgtk() -> Iterator[Remote]:
    """Start WebKitGTK as on a machine without a language: its `navigator.language` is "C"."""
    with screen() as display:
        env = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "LC_ALL": "C.UTF-8"}
        service = Service("WebKitWebDriver", env=env)
        service.start()
        try:
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            browser = Remote(connection, options=WebKitGTKOptions())
            browser.set_script_timeout(300)  # on a busy machine
            yield browser
            browser.quit()
        finally:
            service.stop()
