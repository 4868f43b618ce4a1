"""Django is set up once for the whole run, as an installation of the web system of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

HERE = Path(__file__).parent
#: A server that may make databases: the pages are then tested on PostgreSQL.
ON_POSTGRESQL = os.environ.get("DINGDIAN_WEB_POSTGRES", "")

_folder = Path(tempfile.mkdtemp(prefix="dingdian-web-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
_config = _folder / "dingdian.toml"
_server = ON_POSTGRESQL.rpartition("/")[0]
_database = f"{_server}/dingdian_web_{os.getpid()}" if _server else "sqlite:///web.sqlite3"
_config.write_text(
    f'policy = "daxinganling"\ndatabase = "{_database}"\nsecond_factor = false\n'
    'hosts = ["testserver", "localhost", "127.0.0.1"]\nlog_level = "CRITICAL"\n',
    "utf-8",
)
for _name in ("uploads", "plans", "rounds", "exchange"):
    (_folder / "dingdian-data" / _name).mkdir(parents=True)
(_folder / "dingdian-data" / "secret-key").write_text("only for tests " * 5, "utf-8")
os.environ["DINGDIAN_CONFIG"] = str(_config)
os.environ["DJANGO_SETTINGS_MODULE"] = "dingdian.web.settings"
django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Each process that runs tests makes an installation of its own, not this one's."""
    del os.environ["DJANGO_SETTINGS_MODULE"], os.environ["DINGDIAN_CONFIG"]


@pytest.fixture(scope="session", autouse=True)
def _any_database(django_db_blocker):
    """Tests of the ledger open databases of their own."""
    with django_db_blocker.unblock():
        yield


def pytest_collection_modifyitems(items):
    """Documents and samples of the large city are for the slow run; goldens are for any."""
    folders = (HERE / "reports", HERE / "samples", HERE / "e2e")
    for each in items:
        large = "shenyang" in each.name and any(map(each.path.is_relative_to, folders))
        large |= "sy_ledger" in each.fixturenames
        if large and "snapshot" not in each.fixturenames:
            each.add_marker(pytest.mark.slow)
