"""Which options of which readings admission acts on: nothing else may be chosen unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.admission import (
    checklists,
    entry,
    evaluation,
    exemption,
    hearing,
    places,
    ranking,
)

#: Reading -> the options that decisions act on; another one leaves the condition unclear.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **checklists.READINGS,
        **entry.READINGS,
        **evaluation.READINGS,
        **exemption.READINGS,
        **hearing.READINGS,
        **places.READINGS,
        **ranking.READINGS,
    }
)
