"""docs/reference/ledger-tables.md: the tables in which a database holds the ledger."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from dingdian.storage.database_url import address_of
from tools.reference.markdown import code, codes, escaped, page, table
from tools.reference.source import Source

ABOUT = """
The ledger of a bureau stands in these tables, in SQLite and in PostgreSQL (14 or newer) alike:
plain columns, no extension, no trigger. Read them as you like; write them only through the program.
`ledger_entry`, `ledger_census` and `ledger_census_row` are only ever added to. The texts of entries
are chained, and `dingdian ledger verify` finds any that was changed. Why, and what it does not
find: [ADR 0011](../adr/0011-the-ledger-is-a-chain-in-one-django-app.md). Types are those of SQLite.
"""
#: Django is set up with it; it is never opened.
NOWHERE = "sqlite:////nowhere/ledger.db"


def ledger_tables(_: Source) -> str:
    """The page."""
    from dingdian.storage.db.configuring import alias_of

    alias = alias_of(address_of(NOWHERE))
    from django.apps import apps
    from django.db import connections

    models = sorted(apps.get_app_config("ledger").get_models(), key=_table)
    return page(
        "Tables of the ledger", ABOUT, *(_model(each, connections[alias]) for each in models)
    )


def _table(model: Any) -> str:
    return str(model._meta.db_table)


def _model(model: Any, connection: Any) -> Iterator[str]:
    meta = model._meta
    yield f"## {meta.db_table}"
    yield ""
    yield escaped(inspect.cleandoc(model.__doc__).replace("``", ""))
    yield ""
    rows = (
        [
            code(field.column),
            field.db_type(connection).split()[0],
            "key" if field.primary_key else ("may be NULL" if field.null else ""),
            escaped(field.help_text or "number in the order of adding"),
        ]
        for field in meta.fields
    )
    yield from table(["column", "type", "", "meaning"], rows)
    columns = {field.name: field.column for field in meta.fields}
    for unique, fields in _indexes(meta):
        kind = "Unique" if unique else "Indexed"
        yield f"{kind}: {codes(columns[each] for each in fields)}."
        yield ""


def _indexes(meta: Any) -> Iterator[tuple[bool, list[str]]]:
    for each in meta.constraints:
        if hasattr(each, "fields"):
            yield True, list(each.fields)
    for each in meta.indexes:
        yield False, list(each.fields)
