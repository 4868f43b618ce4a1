"""When applications are taken (申请窗口): windows that the bureau sets, and what is outside them.

No document on the shelf says when applications are taken. Where the bureau has set no window for a
kind in a district, they are taken on every day; where it has, in its windows only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.errors import Fault, fault


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong to it; of kinds, services and districts none named means all."""

    opens: dt.date
    closes: dt.date
    kinds: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()

    def concerns(self, kind: str, district: str) -> bool:
        """Whether it is about a kind in a district; an empty district: in any."""
        of_kind = not self.kinds or kind in self.kinds
        return of_kind and (not self.districts or not district or district in self.districts)

    def left_out(self, services: frozenset[str]) -> frozenset[str]:
        """The services that it does not take."""
        return services - self.services if self.services else frozenset()


def outside(
    windows: Iterable[Window],
    kind: str,
    services: frozenset[str],
    *,
    district: str,
    day: dt.date,
) -> Fault | None:
    """Why an application is not taken on a day, with the first day on which it will be.

    ``None``: it is taken. An empty ``district``, or no services: not known yet, so that nothing
    is refused because of them.

    >>> spring = Window(dt.date(2026, 3, 1), dt.date(2026, 3, 31), kinds=frozenset({"clinic"}))
    >>> asked = {"services": frozenset(), "district": "210102"}
    >>> outside([spring], "clinic", day=dt.date(2026, 3, 31), **asked) is None
    True
    >>> outside([spring], "clinic", day=dt.date(2026, 2, 28), **asked).fields["next"]
    'the next window opens on 2026-03-01'
    >>> outside([spring], "retail_pharmacy", day=dt.date(2026, 2, 28), **asked) is None
    True
    """
    ours = [each for each in windows if each.concerns(kind, district)]
    running = [each for each in ours if each.opens <= day <= each.closes]
    if not ours or any(not each.left_out(services) for each in running):
        return None
    coming = (each.opens for each in ours if each.opens > day and not each.left_out(services))
    first = min(coming, default=None)
    said = _next(first)
    if not running:
        return fault("intake_closed", None, day=day, **said)
    missing = frozenset.intersection(*(each.left_out(services) for each in running))
    missing = missing or services
    names = [SERVICES[each] for each in SERVICES if each in missing]
    said["services"] = ", ".join(each.en for each in names)
    said["services_zh"] = "、".join(each.zh for each in names)
    return fault("intake_services", None, **said)


def _next(first: dt.date | None) -> dict[str, str]:
    if first is None:
        return {"next": "no further window is set yet", "next_zh": "尚未设定下一个窗口"}
    return {"next": f"the next window opens on {first}", "next_zh": f"下一个窗口自{first}起"}
