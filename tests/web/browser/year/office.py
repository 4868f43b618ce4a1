"""The bureau's installation and that of its public site, on a day that the story moves on."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.web.installations import clean_environment, free_port, status, wait_until

ROOT = Path(__file__).resolve().parents[4]
POLICY = "shenyang"


class Site:
    """An installation: its configuration, where it answers, and the process that it stands in."""

    def __init__(self, folder, **told):
        from dingdian.web.setting_up import write_config

        self.folder, self.config = folder, folder / "dingdian.toml"
        self.address = f"127.0.0.1:{free_port()}"
        said = {"policy": POLICY, "address": self.address, "hosts": ["127.0.0.1"], "processes": 1}
        write_config(self.config, {**said, **told})
        self._undated = self.config.read_text("utf-8")
        self._heard = (folder / "standing.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.browser.year.standing"],
            env=clean_environment(DINGDIAN_CONFIG=str(self.config)), cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._heard,
        )  # fmt: skip

    @property
    def url(self):
        return f"http://{self.address}"

    def ask(self, name, **given):
        """Ask for something; ``answer`` gives what came of it."""
        self.process.stdin.write(json.dumps([name, given]) + "\n")
        self.process.stdin.flush()

    def answer(self):
        """What came of the last that was asked for; the first is that the program is loaded."""
        line = self.process.stdout.readline()
        assert line, (self.folder / "standing.log").read_text("utf-8")
        return json.loads(line)

    def on(self, day):
        """Begin again on a day."""
        told = re.sub(
            r"^# rehearsal_day = .*$", f"rehearsal_day = {day}", self._undated, flags=re.M
        )
        assert told != self._undated
        self.config.write_text(told, "utf-8")
        self.ask("serve")
        self.answer()
        wait_until(self._answers, why=self.folder / "serve.log")

    def _answers(self):
        return status(self.address)[0] == 200

    def run(self, *words):
        """A command of this installation; what it said."""
        self.ask("run", words=[str(each) for each in words])
        code, said = self.answer()
        assert code == 0, said
        return said

    def office(self, *words):
        """A command of the office in this configuration; what it said."""
        return self.run("office", words[0], "--config", self.config, *words[1:])

    def leave(self):
        """End all its processes."""
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        self._heard.close()


class Office:
    """Both sites, who may sign in, and the day."""

    def __init__(self, folder, first, holders, database=""):
        more = {"database": database} if database else {}
        self.public = Site(folder / "public", kind="public")
        self.bureau = Site(
            folder / "bureau", second_factor=False, public_url=self.public.url, **more
        )
        self.folder, self.database = folder, database
        both = (self.public, self.bureau)
        for each in both:
            each.ask("prepare", opened_on=first.isoformat(), holders=holders)
        _, self.passwords = [[each.answer(), each.answer()][1] for each in both]
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

    def leave(self):
        """End both."""
        for each in (self.bureau, self.public):
            each.leave()
