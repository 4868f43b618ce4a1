"""The census: one frozen, columnar picture of a city on a day, and its data contract."""

from dingdian.core.census.census import Census, make_census
from dingdian.core.census.near import Circle, Within
from dingdian.core.census.regions import ZONE, RegionTree
from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema
from dingdian.core.census.selection import (
    Selection,
    Tally,
    Test,
    Where,
    circle_counts,
    designated_on,
    existing_on,
    members_of,
    tally,
    undesignated_on,
)
from dingdian.core.census.table import Cell, Column, Table, column_from_cells, table_from_rows

__all__ = [
    "TABLES",
    "ZONE",
    "Cell",
    "Census",
    "Circle",
    "Column",
    "Field",
    "Kind",
    "RegionTree",
    "Selection",
    "Table",
    "TableSchema",
    "Tally",
    "Test",
    "Where",
    "Within",
    "circle_counts",
    "column_from_cells",
    "designated_on",
    "existing_on",
    "make_census",
    "members_of",
    "table_from_rows",
    "tally",
    "undesignated_on",
]
