"""The bureau's installation and that of its public site, on a day that the story moves on."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.web.installations import clean_environment, dingdian, free_port, status, wait_until

ROOT = Path(__file__).resolve().parents[4]
POLICY = "shenyang"


class Site:
    """An installation: its configuration, where it answers, and its process while it runs."""

    def __init__(self, folder, **told):
        from dingdian.web.setting_up import write_config

        self.folder, self.config = folder, folder / "dingdian.toml"
        self.address = f"127.0.0.1:{free_port()}"
        said = {"policy": POLICY, "address": self.address, "hosts": ["127.0.0.1"], "processes": 1}
        write_config(self.config, {**said, **told})
        self._undated = self.config.read_text("utf-8")
        self.process = None

    @property
    def url(self):
        return f"http://{self.address}"

    def on(self, day):
        """Begin again on a day."""
        self.stop()
        told = re.sub(
            r"^# rehearsal_day = .*$", f"rehearsal_day = {day}", self._undated, flags=re.M
        )
        assert told != self._undated
        self.config.write_text(told, "utf-8")
        with (self.folder / "serve.log").open("ab") as log:
            words = [sys.executable, "-m", "dingdian", "serve", "--config", str(self.config)]
            self.process = subprocess.Popen(words, stdout=log, stderr=log, env=clean_environment())
        wait_until(self._answers, why=self.folder / "serve.log")

    def _answers(self):
        assert self.process.poll() is None, (self.folder / "serve.log").read_text("utf-8")
        return status(self.address)[0] == 200

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def office(self, *words):
        """A command of the office in this configuration; what it said."""
        return dingdian("office", words[0], "--config", self.config, *words[1:])

    def prepare(self, kind, day, holders):
        """The process that makes its tables."""
        words = [sys.executable, "-m", "tests.web.browser.year.preparing", kind]
        return subprocess.Popen(
            [*words, day.isoformat(), json.dumps(holders)],
            env=clean_environment(DINGDIAN_CONFIG=str(self.config)),
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip


class Office:
    """Both sites, who may sign in, and the day."""

    def __init__(self, folder, first, holders, database=""):
        more = {"database": database} if database else {}
        self.public = Site(folder / "public", kind="public")
        self.bureau = Site(
            folder / "bureau", second_factor=False, public_url=self.public.url, **more
        )
        self.folder, self.database = folder, database
        making = [self.bureau.prepare("bureau", first, holders)]
        making += [self.public.prepare("public", first, holders)]
        said = [each.communicate() for each in making]
        assert not any(each.returncode for each in making), said
        self.passwords = json.loads(said[0][0])
        self._exchange_keys()

    def _exchange_keys(self):
        for here, there in ((self.bureau, self.public), (self.public, self.bureau)):
            pem = here.folder / "key.pem"
            here.office("keys", "--out", pem)
            there.office("keys", "--trust", pem)

    def on(self, day):
        """The bureau begins a day; the public site only where it is looked at."""
        self.day = day
        self.bureau.on(day)

    @property
    def ledger(self):
        """The address of the ledger."""
        return self.database or f"sqlite:///{self.bureau.folder / 'dingdian.sqlite3'}"

    def stop(self):
        for each in (self.bureau, self.public):
            each.stop()
