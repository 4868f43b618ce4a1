"""The one configuration file of an installation: ``dingdian.toml``.

Read without Django. Every fault of the file is told in one list.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dingdian.core.errors import RequestError, fault

#: Names the file where it is not ``dingdian.toml`` in the working folder.
VARIABLE = "DINGDIAN_CONFIG"
DEFAULT = "dingdian.toml"
BUREAU, PUBLIC = "bureau", "public"


@dataclass(frozen=True)
class Config:
    """What an installation is told.

    ``kind``: ``bureau``, or ``public`` for the site outside the insurance network. ``policy`` is a
    place of the shelf or the folder of a bureau's own. ``database`` is an address as
    ``DATABASE_URL`` has it. ``data`` holds uploads, plans and keys. ``second_factor``: every user
    of staff must have one. ``four_eyes``: moves of ``rights.FOUR_EYES`` are confirmed by a second
    person; an office of one cannot. ``https``: TLS stands in front. ``proxy``: addresses of
    proxies whose word on the visitor's address counts, none by default. ``map_approval`` is the
    审图号. ``public_url`` and ``office_url`` are the addresses of the public site and of this
    system as browsers write them; empty: links to the one have no address, e-mail names only the
    page.
    ``personal_days``: after how many days contact details of commenters are blanked.
    ``mail_host`` with what stands beside it: a server that sends messages by e-mail; empty: none
    does. ``rehearsal_day``: the day that the system takes for today (a rehearsal; every page says
    so).
    """

    kind: str = BUREAU
    policy: str = "shenyang"
    database: str = "sqlite:///dingdian.sqlite3"
    data: Path = Path("dingdian-data")
    address: str = "127.0.0.1:8000"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    https: bool = False
    proxies: tuple[str, ...] = ()
    second_factor: bool = True
    four_eyes: bool = True
    processes: int = 2
    threads: int = 4
    upload_limit_mb: int = 50
    map_approval: str = ""
    contact: str = ""
    personal_days: int = 730
    log_level: str = "INFO"
    rehearsal_day: dt.date | None = None
    public_url: str = ""
    office_url: str = ""
    mail_host: str = ""
    mail_port: int = 25
    mail_tls: bool = False
    mail_user: str = ""
    mail_password_file: str = ""
    mail_from: str = ""
    file: Path = field(default=Path(DEFAULT))

    @property
    def secret_file(self) -> Path:
        """Where the key of sessions lies: made at set-up, readable by the owner only."""
        return self.data / "secret-key"

    @property
    def mail_password(self) -> str:
        """What the file holds that ``mail_password_file`` names; empty where none is named."""
        if not self.mail_password_file:
            return ""
        path = self.file.parent / self.mail_password_file
        return path.read_text("utf-8").strip() if path.is_file() else ""


_KINDS = {f.name: f for f in fields(Config) if f.name != "file"}
_SHAPES: dict[str, tuple[type, ...]] = {
    "data": (str,),
    "hosts": (list,),
    "proxies": (list,),
    "rehearsal_day": (dt.date,),
}


def config_file() -> Path:
    """The file of this process: as the environment names it, else the one of the working folder."""
    return Path(os.environ.get(VARIABLE) or DEFAULT)


def read_config(path: Path | None = None) -> Config:
    """The configuration that a file holds; paths in it are relative to its folder.

    Raises:
        RequestError: there is no file, it is no TOML, or keys are unknown or of the wrong kind:
            all of them in one list.
    """
    where = path or config_file()
    try:
        found = tomllib.loads(where.read_text("utf-8"))
    except FileNotFoundError as error:
        raise RequestError((fault("no_config", path=str(where)),)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RequestError(
            (fault("config_unreadable", path=str(where), why=str(error)),)
        ) from error
    faults = []
    for key, value in found.items():
        if key not in _KINDS:
            faults.append(fault("config_unknown", key=key, known=", ".join(_KINDS)))
        elif not _fits(key, value):
            faults.append(fault("config_wrong", key=key, value=repr(value)))
    if found.get("kind", BUREAU) not in (BUREAU, PUBLIC):
        faults.append(fault("config_wrong", key="kind", value=repr(found["kind"])))
    if faults:
        raise RequestError(tuple(faults))
    return Config(**_placed(found, where.resolve().parent), file=where.resolve())


def _fits(key: str, value: Any) -> bool:
    default = _KINDS[key].default
    wanted = _SHAPES.get(key) or (type(default),)
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        return False
    return isinstance(value, wanted) and not (isinstance(value, bool) and bool not in wanted)


def _placed(found: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The values as the configuration keeps them, with paths beside its file."""
    made = {key: tuple(v) if isinstance(v, list) else v for key, v in found.items()}
    made["data"] = folder / str(found.get("data", Config.data))
    prefix = "sqlite:///"
    database = str(found.get("database", Config.database))
    beside = database.startswith(prefix) and not database.startswith(f"{prefix}/")
    made["database"] = f"{prefix}{folder / database.removeprefix(prefix)}" if beside else database
    policy = str(found.get("policy", Config.policy))
    if (folder / policy).is_dir():
        made["policy"] = str(folder / policy)
    return made
