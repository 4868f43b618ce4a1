"""A running system with the sample city, and real Chromium with somebody signed in."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SCREENS = Path("test-results/screens")


def free_port():
    """A port that is free, and so is the one after it: the public site takes that."""
    while True:
        with closing(socket.socket()) as one, closing(socket.socket()) as next_one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class Served:
    """A running system: where it is, who may sign in, and its processes."""

    def __init__(self, folder, port, city="daxinganling"):
        self.folder, self.address = folder, f"http://127.0.0.1:{port}"
        self.public = f"http://127.0.0.1:{port + 1}"
        self.log = folder.with_suffix(".log")
        words = ["serve", "--sample", city, "--folder", str(folder), "--port", str(port)]
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("DINGDIAN_CONFIG", "DJANGO"))
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dingdian", *words], stdout=log, stderr=log, env=environment
            )
        self._wait()
        found = re.findall(
            r"^(?:\S+ )?\S+\t(\w+)\t(\S+)$", self.log.read_text("utf-8"), re.MULTILINE
        )
        self.passwords = dict(found)

    def _wait(self):
        for _ in range(3000):
            if self.process.poll() is not None:
                raise AssertionError(self.log.read_text("utf-8"))
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text("utf-8"))

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    found = Served(tmp_path_factory.mktemp("served") / "office", free_port())
    yield found
    found.stop()


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    # Its loop runs in this process until the end, and Django would then refuse every database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def enter(served, chromium):
    """Opens a browser in which a user of a name is signed in, in a language; or the public site."""
    contexts = []

    def sign_in(username, language="zh-hans", size=(1366, 768), *, public=False):
        context = chromium.new_context(
            base_url=served.public if public else served.address,
            viewport={"width": size[0], "height": size[1]},
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "dingdian-language", "value": language, "url": served.address}]
        )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        if username:
            page.goto("/account/sign-in")
            page.fill("#id_username", username)
            page.fill("#id_password", served.passwords[username])
            page.press("#id_password", "Enter")
            page.wait_for_url(re.compile(rf"{re.escape(served.address)}/(my/)?$"))
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def picture():
    """Keeps a picture of a whole page as test output: name and language.

    The caret is left as it is: to hide it would put a style into the page; its policy refuses that.
    """

    def keep(page, name, language="zh"):
        folder = SCREENS / language
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True, caret="initial")

    return keep
