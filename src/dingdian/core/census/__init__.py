"""The census: one frozen, columnar picture of a city on a day, and its data contract."""

from dingdian.core.census.census import Census, make_census
from dingdian.core.census.regions import ZONE, RegionTree
from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema
from dingdian.core.census.selection import Selection, Tally, Test, Where, tally
from dingdian.core.census.table import Cell, Column, Table, column_from_cells, table_from_rows

__all__ = [
    "TABLES",
    "ZONE",
    "Cell",
    "Census",
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
    "column_from_cells",
    "make_census",
    "table_from_rows",
    "tally",
]
