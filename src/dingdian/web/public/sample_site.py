"""The public site of a sample city: an installation of its own beside that of the bureau.

Its files are made by processes of its own, as a process has one configuration only; the editions
reach it as they do everywhere, signed.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.errors import RequestError, fault
from dingdian.storage.exchange_keys import own_key, trust
from dingdian.web import serving
from dingdian.web.config import PUBLIC, Config, read_config
from dingdian.web.setting_up import write_config

_FOLDER, _FILE = "public", "dingdian.toml"
_KEY = "public-key.pem"


@dataclass(frozen=True)
class SampleSite:
    """A public site that is being made: its configuration, and the process that makes it."""

    file: Path
    making: subprocess.Popen[bytes]

    @staticmethod
    def begin(city: str, folder: Path, address: str, *, today: dt.date) -> SampleSite:
        """Write its configuration; have keys and tables made while the bureau's are."""
        file = folder / _FOLDER / _FILE
        told = {"kind": PUBLIC, "policy": city, "address": address, "rehearsal_day": today}
        write_config(file, {**told, "hosts": ["127.0.0.1", "localhost"]})
        return SampleSite(file, _office(file, "init"))

    def open(self, bureau: Config) -> serving.Process:
        """Exchange the keys, bring the first edition there; what to run.

        Raises:
            DingdianError: the site or its edition cannot be made.
        """
        from dingdian.web.public.making import file_of, make_edition

        _wait(self.making)
        site = read_config(self.file)
        folders = [each.data / "exchange" for each in (bureau, site)]
        for here, there in (folders, reversed(folders)):
            pem = here / _KEY
            pem.write_text(own_key(here).public_pem, "utf-8")
            trust(there, pem)
        edition = file_of(make_edition(by=""))
        _wait(_office(self.file, "import-edition", str(edition)))
        found = serving.pages(site)
        return serving.Process(
            "public pages", found.command, found.config, found.address, found.host
        )


def _office(file: Path, command: str, *words: str) -> subprocess.Popen[bytes]:
    """A command of the site in a process of its own."""
    whole = (sys.executable, "-m", "dingdian", "office", command, "--config", str(file), *words)
    return subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603


def _wait(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    if process.returncode:
        why = said.decode("utf-8", "replace").strip().splitlines()
        raise RequestError((fault("job_broke", why=why[-1] if why else "—"),))
