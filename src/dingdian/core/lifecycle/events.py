"""Events that clocks of the shelf name and no move raises, each with what stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

#: Event -> why no move raises it.
ELSEWHERE: Mapping[str, Text] = MappingProxyType(
    {
        "claim_declared": Text(
            "费用申报，由结算系统记录", "claims are declared in the settlement system"
        ),
        "claim_paid": Text("费用拨付，由结算系统记录", "claims are paid in the settlement system"),
        "may_apply_again": Text(
            "限制期满，可以再次申请，本身不登记", "the end of a bar, which nobody records"
        ),
        "extended_guidance_ended": Text(
            "延长后的辅导期满，登记为辅导期满（end_guidance）",
            "the end of extended guidance is recorded as the end of guidance",
        ),
    }
)
