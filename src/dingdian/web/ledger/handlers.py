"""The long work of this area."""

from __future__ import annotations

from typing import Any

from dingdian.web.jobs.running import Running, handler
from dingdian.web.ledger import refreshing


@handler(refreshing.KIND)
def refresh_picture(running: Running) -> dict[str, Any]:
    """The picture of the ledger made anew."""
    return {"made": refreshing.refresh(tell=running.tell)}
