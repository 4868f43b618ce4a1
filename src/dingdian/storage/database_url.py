"""The address of a ledger's database: ``DATABASE_URL``, read without loading Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from dingdian.core.errors import RequestError, fault

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_SCHEMES = {"sqlite": SQLITE, "postgresql": POSTGRESQL, "postgres": POSTGRESQL}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is.

    ``name`` is the absolute path of an SQLite file or the name of a PostgreSQL database. Empty
    text and port 0 leave a part to the server's own default; ``host`` may be the folder of its
    socket. ``sslmode`` as PostgreSQL names it.
    """

    kind: str
    name: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    sslmode: str = ""

    def __str__(self) -> str:
        """The address without its password, as it may be shown."""
        if self.kind == SQLITE:
            return self.name
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"postgresql://{user}{self.host}{port}/{self.name}"


def address_of(url: str) -> Address:
    """What a ``DATABASE_URL`` says; special letters are percent-encoded, as in any address.

    Raises:
        RequestError: it is no address of a ledger. A password is not repeated.

    >>> str(address_of("sqlite:////srv/dingdian/ledger.db"))
    '/srv/dingdian/ledger.db'
    >>> str(address_of("postgresql://clerk:s%40cret@db.local:5433/dingdian"))
    'postgresql://clerk@db.local:5433/dingdian'
    """
    try:
        parts = urlsplit(url)
        kind, name, port = _SCHEMES[parts.scheme], unquote(parts.path[1:]), parts.port or 0
        query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except (KeyError, ValueError):
        raise _no_address(url) from None
    remote = parts.netloc or query
    if not name or parts.fragment or (kind == SQLITE and (remote or name == ":memory:")):
        raise _no_address(url)
    if kind == SQLITE:
        return Address(kind, str(Path(name).absolute()))
    sslmode = query.pop("sslmode", [""])[0]
    if query:
        raise _no_address(url)
    # not parts.hostname, which has no capitals: the folder of a socket may have some
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{port}").strip("[]")
    host, user, password = map(unquote, (host, parts.username or "", parts.password or ""))
    return Address(kind, name, host, port, user, password, sslmode)


def _no_address(url: str) -> RequestError:
    before, at, after = url.rpartition("@")
    shown = f"{before.partition('://')[0]}://…@{after}" if at else url
    return RequestError((fault("ledger_url", value=shown),))
