"""Invented rounds of applications for the sample cities: every kind of case, and saying so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dingdian.samples.rounds.daxinganling import daxinganling_round
from dingdian.samples.rounds.shenyang import shenyang_round
from dingdian.samples.sample import Sample, Tables

#: Name of a sample -> what makes a round of it, from the sample and a seed.
ROUNDS: Mapping[str, Callable[[Sample, int], Tables]] = MappingProxyType(
    {"daxinganling": daxinganling_round, "shenyang": shenyang_round}
)

__all__ = ["ROUNDS", "daxinganling_round", "shenyang_round"]
