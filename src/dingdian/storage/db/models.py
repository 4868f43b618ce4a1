"""The tables of the ledger. Their help texts are the reference: docs/reference/ledger-tables.md.

Entries, censuses and rows of a census are only ever added (``Added``); cases, namings and takings
are an index that can be made again from the entries. Plain columns only, no extension of a
database.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AddedRows(models.QuerySet):
    """Rows that are only ever added: the two ways to change many at once are closed."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{self.model.__name__} is only ever added to")

    def delete(self) -> NoReturn:
        """Refuse.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{self.model.__name__} is only ever added to")


class Added(models.Model):
    """A row that is added and never changed."""

    objects = AddedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **more: Any) -> None:
        """Add the row.

        Raises:
            IntegrityError: it is there already.
        """
        super().save(*args, **{**more, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{type(self).__name__} is only ever added to")


class Mark(Added):
    """Whose ledger it is: one row, from which the chain of digests begins."""

    row = models.SmallIntegerField(primary_key=True, default=1, help_text="always 1")
    id_text = models.TextField(db_column="ledger_id", help_text="id of the ledger")
    place = models.TextField(help_text="place on the shelf whose rules it lives by")
    algorithm = models.TextField(help_text="sha256 or sm3")
    opened_on = models.DateField(help_text="day on which it was opened")
    version = models.SmallIntegerField(help_text="version of the ledger when it was opened")

    class Meta:
        db_table = "ledger_mark"
        constraints = (
            models.CheckConstraint(condition=models.Q(row=1), name="ledger_mark_is_one"),
        )


class Entry(Added):
    """One move of one case: the text that stands for it, and its link of the chain."""

    seq = models.BigIntegerField(primary_key=True, help_text="number in the ledger, from 1")
    case = models.TextField(db_column="case_name", help_text="case, as the body begins with it")
    body = models.TextField(help_text="the entry as JSON text, byte for byte what is chained")
    digest = models.TextField(help_text="digest over the digest before and the body, hexadecimal")

    class Meta:
        db_table = "ledger_entry"
        indexes = (models.Index(fields=("case", "seq"), name="ledger_entry_case"),)


class Case(models.Model):
    """Index of cases, made from the entries."""

    first_seq = models.BigIntegerField(primary_key=True, help_text="number of its first entry")
    case = models.TextField(db_column="case_name", help_text="case")
    last_seq = models.BigIntegerField(help_text="number of its last entry")

    class Meta:
        db_table = "ledger_case"
        constraints = (models.UniqueConstraint(fields=("case",), name="ledger_case_once"),)


class Naming(models.Model):
    """Index of the institutions that the entries of a case name by code, made from them."""

    case = models.ForeignKey(
        Case, models.CASCADE, db_column="first_seq", db_index=False, help_text="the case"
    )
    institution = models.TextField(help_text="code of an institution")

    class Meta:
        db_table = "ledger_naming"
        constraints = (
            models.UniqueConstraint(fields=("institution", "case"), name="ledger_naming_once"),
        )


class Taking(models.Model):
    """Index of the places of a year that cases have taken, made from the entries."""

    seq = models.BigIntegerField(help_text="number of the entry that took them")
    case = models.TextField(db_column="case_name", help_text="case")
    region = models.TextField(help_text="region of the case at that entry, empty where unknown")
    day = models.DateField(help_text="day on which the entry held: the places are of its year")
    resource = models.TextField(help_text="resource of a plan")
    bed_class = models.TextField(help_text="class of beds, empty for what is no beds")
    amount = models.IntegerField(help_text="how many places or beds")
    exempt = models.BooleanField(help_text="whether by an exemption from the plan")

    class Meta:
        db_table = "ledger_taking"
        constraints = (
            models.UniqueConstraint(
                fields=("case", "seq", "resource", "bed_class"), name="ledger_taking_once"
            ),
        )
        indexes = (models.Index(fields=("resource", "day"), name="ledger_taking_year"),)


class Census(Added):
    """A census as it was kept: once for each day and moment at which something was new."""

    taken_on = models.DateField(help_text="day that the census describes")
    known_at = models.DateTimeField(help_text="moment from which it was known")
    fingerprint = models.TextField(help_text="fingerprint of its content (SHA-256)")

    class Meta:
        db_table = "ledger_census"
        indexes = (models.Index(fields=("taken_on", "known_at"), name="ledger_census_when"),)


class CensusRow(Added):
    """A version of one row of a census.

    A census of a day, as known at a moment, has for each row the version with the latest
    ``valid_from`` up to the day, and of those the one with the latest ``known_at`` up to the
    moment (the highest ``id`` among equals).
    """

    table = models.TextField(db_column="table_name", help_text="table, or boundaries")
    key = models.TextField(db_column="row_key", help_text="key cells and a number, as JSON text")
    valid_from = models.DateField(help_text="day of the census from which it holds")
    known_at = models.DateTimeField(help_text="moment from which it was known")
    content = models.TextField(null=True, help_text="known cells, as JSON text; NULL: row gone")
    origin = models.TextField(help_text="where it came from")
    position = models.IntegerField(help_text="where it stands in its table, from 0")

    class Meta:
        db_table = "ledger_census_row"
        indexes = (
            models.Index(
                fields=("table", "key", "valid_from", "known_at"), name="ledger_census_row_version"
            ),
        )


class Note(Added):
    """One note of the journal: the text that stands for it, and its link of the journal's chain."""

    seq = models.BigIntegerField(primary_key=True, help_text="number in the journal, from 1")
    subject = models.TextField(help_text="what was done something to, as the body begins with it")
    act = models.TextField(help_text="what was done: a code, as in the body")
    by = models.TextField(help_text="who did it, as in the body")
    region = models.TextField(help_text="district that it concerns, as in the body")
    at = models.DateTimeField(help_text="moment, as in the body")
    body = models.TextField(help_text="the note as JSON text, byte for byte what is chained")
    digest = models.TextField(help_text="digest over the digest before and the body, hexadecimal")

    class Meta:
        db_table = "ledger_note"
        indexes = (
            models.Index(fields=("subject", "seq"), name="ledger_note_subject"),
            models.Index(fields=("act", "seq"), name="ledger_note_act"),
        )
