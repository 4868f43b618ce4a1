"""Which columns of the census hold personal data: one table for all who show or hand them out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Table and column -> what the column holds: the number of a person's card, or a name.
PERSONAL: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("agreements", "person"): "number",
        ("records", "id_number"): "number",
        ("records", "name"): "name",
        ("records", "other_names"): "name",
        ("surveys", "by"): "name",
    }
)
#: The tables that have such a column.
TABLES_OF_PERSONS = frozenset(table for table, _ in PERSONAL)


def personal(table: str) -> frozenset[str]:
    """The columns of a table that hold personal data.

    >>> sorted(personal("records")), personal("beds")
    (['id_number', 'name', 'other_names'], frozenset())
    """
    return frozenset(column for its, column in PERSONAL if its == table)


__all__ = ["PERSONAL", "TABLES_OF_PERSONS", "personal"]
