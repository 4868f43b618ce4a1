"""Whether an installation is whole: its tables, its chains, its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dingdian.core.errors import DingdianError, Fault, Place
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle.chain import Head, breaks
from dingdian.core.lifecycle.naming import told
from dingdian.web.config import BUREAU, Config

Heads = Mapping[str, tuple[int, str]]


def chain_faults(config: Config, heads: Heads | None = None) -> Sequence[Fault]:
    """What is wrong with the ledger and the journal; ``heads`` were known before.

    Raises:
        DingdianError: the ledger cannot be opened.
    """
    if config.kind != BUREAU:
        return ()
    from dingdian.actions.verify_ledger import verify_ledger
    from dingdian.web import bureau
    from dingdian.wiring import lives

    known = {name: [Head(*head)] for name, head in (heads or {}).items()}
    desk = bureau.desk()
    _, found = lives.verify(desk, [], mend=False)
    found = (*found, *verify_ledger(desk.ledger, known.get("ledger", [])))
    journal = bureau.journal()
    mark = journal_mark(journal.mark)
    broken = breaks(mark, journal.stored(), heads=known.get("journal", []))
    return tuple(
        dict.fromkeys((*found, *(told(f"ledger_{each.kind}", seq=each.seq) for each in broken)))
    )


def policy_faults(config: Config) -> tuple[Fault, ...]:
    """What is wrong with the policy that the configuration names: no such one, or its shelf."""
    from dingdian.wiring import shelf

    try:
        shelf.opened(config.policy)
    except DingdianError as error:
        at = Place(config.file.name, "policy")
        return tuple(each if each.place.file else replace(each, place=at) for each in error.faults)
    return ()


def lengths(config: Config) -> dict[str, int]:
    """How many entries each chain has."""
    if config.kind != BUREAU:
        return {}
    from dingdian.web import bureau

    return {
        "ledger": bureau.desk().ledger.head().entries,
        "journal": bureau.journal().head().entries,
    }


def tables_ahead() -> tuple[int, int]:
    """How many steps the tables have made, and how many are to be made."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    ahead = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(executor.loader.applied_migrations), len(ahead)


def warnings_of_settings() -> list[str]:
    """What Django says against the settings of a site that is reached by others."""
    from django.core.checks import run_checks

    found = run_checks(include_deployment_checks=True)
    return [f"{each.id}: {each.msg}" for each in found if not each.is_silenced()]
