"""Agreement: whether every output of a plan prints what plan.json says."""

from __future__ import annotations

from dingdian.reports.agreement.difference import Compared, Difference

__all__ = ["Compared", "Difference"]
