"""Make an installation: its configuration, keys, tables and first users."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError, fault
from dingdian.web.config import BUREAU, VARIABLE, Config, read_config

if TYPE_CHECKING:
    from dingdian.web.rights import Role

#: Every key with its default behind ``#``.
EXAMPLE = Path(__file__).with_name("dingdian.toml.example")
_SIGNS = "-+=%"


def start_django(path: Path | None = None) -> Config:
    """Django set up for the configuration of ``path`` (else of the environment).

    Raises:
        RequestError: the configuration has faults, or the packages of the web system are missing.
    """
    if path is not None:
        os.environ[VARIABLE] = str(path.resolve())
    config = read_config()
    os.environ["DJANGO_SETTINGS_MODULE"] = "dingdian.web.settings"
    try:
        import django

        django.setup()
    except ModuleNotFoundError as error:
        raise RequestError((fault("web_without", names=str(error.name)),)) from error
    return config


def write_config(path: Path, values: Mapping[str, object]) -> None:
    """Write a configuration file that is not there yet: every key explained, these set.

    Raises:
        RequestError: it is there.
    """
    if path.exists():
        raise RequestError((fault("config_exists", path=str(path)),))
    text = EXAMPLE.read_text("utf-8")
    for key, value in values.items():
        before, _, after = re.split(rf"^(# {key} = .*)$", text, flags=re.MULTILINE)
        text = f"{before}{key} = {_toml(value)}{after}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, dt.date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def make_folders(config: Config) -> None:
    """The data folder, the key of sessions and that of the exchange: for the owner only."""
    from dingdian.storage.exchange_keys import own_key

    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("uploads", "plans", "rounds", "exchange"):
        (config.data / name).mkdir(exist_ok=True, mode=0o700)
    if not config.secret_file.exists():
        descriptor = os.open(config.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    own_key(config.data / "exchange")


def make_tables(config: Config, *, opened_on: dt.date | None = None) -> None:
    """The ledger with its mark where there is none, and the tables of every area; static files."""
    from django.core.management import call_command

    from dingdian.wiring import lives

    if config.kind == BUREAU:
        try:
            lives.opened(config.database, config.policy)
        except RequestError as error:
            kind = error.faults[0].kind
            if kind == "ledger_older":
                lives.upgrade(config.database)
            elif kind == "ledger_missing":
                lives.make(config.database, config.policy, algorithm="sha256", opened_on=opened_on)
            else:
                raise
    call_command("migrate", verbosity=0, interactive=False)
    collect_files()


def keep_older(config: Config) -> Path | None:
    """A backup of a database that is older than this program; ``None`` where there is none."""
    from dingdian.web import clock
    from dingdian.web.backup import backup_file, make_backup
    from dingdian.web.checking import tables_ahead

    made, ahead = tables_ahead()
    if not (made and ahead):
        return None
    now = clock.now()
    out = backup_file(config.file.parent / "backups", now)
    make_backup(config, out, now=now)
    return out


def collect_files() -> None:
    """Scripts and styles of this release, where pages are served from."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def make_ready(config: Config) -> None:
    """What is to be before pages are served: folders, and tables of this release.

    An empty database gets its tables; one of an older release is left to ``office upgrade``.

    Raises:
        RequestError: the tables are older than this program.
    """
    from dingdian.web.checking import tables_ahead

    make_folders(config)
    made, ahead = tables_ahead()
    if made and ahead:
        raise RequestError((fault("office_older", n=ahead),))
    if made:
        collect_files()
    else:
        make_tables(config)


def new_password() -> str:
    """A password that can be read out: four kinds of letters, none that look alike."""
    letters = "".join(set(string.ascii_letters + string.digits) - set("lI1O0o"))
    while True:
        found = "".join(secrets.choice(letters) for _ in range(11)) + secrets.choice(_SIGNS)
        if any(map(str.isdigit, found)) and any(map(str.isupper, found)):
            return found


def add_user(
    username: str,
    name: str,
    role: Role,
    *,
    region: str = "",
    holder: str = "",
    password: str,
    by: str,
    change: bool,
) -> None:
    """A user with one role, where there is none of that name yet; their password is set anew."""
    from dingdian.web.accounts.models import Grant, User

    user, _ = User.objects.get_or_create(username=username, defaults={"name": name})
    user.set_password(password)
    user.must_change = change
    user.save()
    said = {"role": role, "region": region, "holder": holder}
    Grant.objects.get_or_create(user=user, **said, defaults={"granted_by": by})


def first_administrators(config: Path) -> list[tuple[str, str, str]]:
    """The three administrators of a new installation: name of sign-in, name, password.

    Raises:
        RequestError: there are users already.
    """
    from dingdian.web.accounts.models import User
    from dingdian.web.rights import Role

    if User.objects.exists():
        raise RequestError((fault("config_exists", path=str(config)),))
    made = []
    for username, name, role in (
        ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN),
        ("secadmin", "安全管理员", Role.SECURITY_ADMIN),
        ("auditor", "审计管理员", Role.AUDIT_ADMIN),
    ):
        password = new_password()
        add_user(username, name, role, password=password, by="init", change=True)
        made.append((username, name, password))
    return made


def run_management(path: Path | None, words: Sequence[str]) -> None:
    """Run a management command of Django in the configuration of ``path``."""
    start_django(path)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dingdian", *words])
