"""An installation in one process that loads the program once; days and commands are forks of it.

To load the program takes seconds, and the story begins a score of days. What a fork runs is what
``dingdian serve`` and a terminal run: gunicorn with the same words, the worker, the commands. One
line of JSON is asked (``prepare``, ``serve``, ``stop`` or ``run``), one answered.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
import time
import traceback

from dingdian.web.config import BUREAU, read_config
from dingdian.web.setting_up import make_folders, start_django
from tests.web.browser.year.preparing import prepare

#: What a bureau's pages, worker and commands load only once it is needed.
_LOADED = (
    "dingdian.actions.evaluate_plan",
    "dingdian.actions.decide_applications",
    "dingdian.cli.ledger",
    "dingdian.cli.office",
    "dingdian.reports.notices.write",
    "dingdian.storage.policy_yaml",
    "dingdian.wiring.imports",
    "dingdian.wiring.issued_rounds",
    "dingdian.wiring.plans",
)
#: How long pages and worker have to end what they do, in seconds.
_GRACE = 20.0


class Standing:
    """The installation, and its processes of the day."""

    def __init__(self):
        self.config = read_config()
        make_folders(self.config)
        start_django()
        _load(self.config.kind)
        self.log = self.config.file.with_name("serve.log")
        self.running = {}

    def prepare(self, **given):
        """Tables and users, in a process of its own; user -> password."""
        found = self.config.file.with_name("passwords.json")
        code = os.waitstatus_to_exitcode(
            os.waitpid(self._fork(lambda: found.write_text(json.dumps(prepare(**given)))), 0)[1]
        )
        assert code == 0, self.log.read_text("utf-8")
        return json.loads(found.read_text())

    def serve(self):
        """Pages and worker of the day that the configuration says; those before end."""
        from dingdian.web import serving

        self.stop()
        for each in serving.of(read_config()):
            run = _gunicorn if each.name == "pages" else _command
            words = each.command[3:]
            self.running[each.name] = self._fork(lambda run=run, words=words: run(words))

    def stop(self):
        """End pages and worker: at once what answers, at its next word what works."""
        for name, pid in self.running.items():
            os.kill(pid, signal.SIGQUIT if name == "pages" else signal.SIGTERM)
        until = time.monotonic() + _GRACE
        for pid in self.running.values():
            while not os.waitpid(pid, os.WNOHANG)[0]:
                time.sleep(0.02)
                if time.monotonic() > until:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(pid, signal.SIGKILL)
        self.running = {}

    def run(self, words):
        """A command to its end: its exit code, and what it said."""
        said = self.config.file.with_name("said")
        said.unlink(missing_ok=True)
        ended = os.waitpid(self._fork(lambda: _command(words), said), 0)[1]
        return os.waitstatus_to_exitcode(ended), said.read_text("utf-8")

    def _fork(self, does, log=None):
        """A process that does one thing, in a session of its own; what it says goes to a file."""
        if pid := os.fork():
            return pid
        code = 1
        try:
            os.setsid()
            out = os.open(log or self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            for to, at in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (out, 2)):
                os.dup2(to, at)
            from django.conf import settings

            settings.CONFIG = read_config()
            does()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        except BaseException:  # noqa: BLE001 -- told, then it ends
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _load(kind):
    """What each fork would load by itself; passwords are hashed at the lowest price."""
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher
    from django.urls import get_resolver
    from django.utils.module_loading import autodiscover_modules

    Hasher.time_cost, Hasher.memory_cost, Hasher.parallelism = 1, 8, 1
    importlib.import_module("gunicorn.app.wsgiapp")
    importlib.import_module("gunicorn.workers.gthread")
    assert get_resolver().url_patterns
    if kind == BUREAU:
        autodiscover_modules("handlers")
        for name in _LOADED:
            importlib.import_module(name)


def _gunicorn(words):
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", *words]
    run()


def _command(words):
    from dingdian.cli import main

    sys.argv = ["dingdian", *words]
    main()


if __name__ == "__main__":
    standing = Standing()
    print(json.dumps(None), flush=True)  # noqa: T201 -- loaded
    for line in sys.stdin:
        name, given = json.loads(line)
        print(json.dumps(getattr(standing, name)(**given)), flush=True)  # noqa: T201
    standing.stop()
