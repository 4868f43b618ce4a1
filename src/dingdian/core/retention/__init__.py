"""Which stay when a stock has to shrink: proposed, never decided, and proved as far as it goes."""

from dingdian.core.retention.choosing import Retention, choose
from dingdian.core.retention.question import (
    DEFAULT_ORDER,
    UNSCORED,
    Aspect,
    Least,
    Question,
    Tier,
    flat,
)

__all__ = [
    "DEFAULT_ORDER",
    "UNSCORED",
    "Aspect",
    "Least",
    "Question",
    "Retention",
    "Tier",
    "choose",
    "flat",
]
