"""Which options of which readings the life cycle acts on: nothing else may be chosen unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.lifecycle.reckoning import DAY_OFF, DAY_OFF_READING
from dingdian.core.lifecycle.working_out import REVIEW_AGAIN, TRIAL_FAILURE

_YES_NO = ("yes", "no")

#: Reading -> the options that moves and clocks act on.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        DAY_OFF_READING: DAY_OFF,
        "guidance_extends_trial": _YES_NO,
        "guidance_second_extension": _YES_NO,
        "public_notice_days": ("set_days",),
        "trial_failure": tuple(TRIAL_FAILURE),
        "trial_failure_again": tuple(REVIEW_AGAIN),
        "trial_pharmacies": _YES_NO,
        "trial_renewal": ("sy_one_month", "order2_three_months", "both"),
    }
)
