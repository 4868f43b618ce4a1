"""The kinds of notices, and which of them go with an entry of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import MOVES

#: Every kind, which is also the name of its template. Expiry, termination for a cause and closure
#: have a text each: 到期终止, 解除 and 关闭 are never mixed.
KINDS = (
    "acceptance",
    "supplement",
    "refusal",
    "public_notice",
    "agreement",
    "trial_result",
    "suspension",
    "non_renewal",
    "expiry",
    "termination",
    "closure",
    "assessment",
)
#: Moves whose notice is not simply the one that the table of moves names.
_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pass_trial": ("trial_result", "agreement"),  # who passes signs again
        "expire": ("expiry",),
        "lapse": ("expiry",),
        "close": ("closure",),
    }
)
#: Kinds that refuse or take something: they name the remedies.
AGAINST = ("refusal", "suspension", "non_renewal", "expiry", "termination", "closure")


def kinds_of(entry: Entry) -> tuple[str, ...]:
    """The notices that go with an entry; none with most."""
    notice = MOVES[entry.move].notice
    return _OWN.get(entry.move, (notice,) if notice else ())
