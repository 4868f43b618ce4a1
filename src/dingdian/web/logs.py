"""Logs as lines of JSON, one a happening, on the standard error: journald or a file keeps them."""

from __future__ import annotations

import datetime as dt
import json
import logging

from dingdian.core.lifecycle.entry import SHANGHAI

#: What a record may carry beside its message; never a name of a person, never a form.
_MORE = ("user", "path", "status", "job", "seconds", "request_id")


class Lines(logging.Formatter):
    """One record, one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON: when, how grave, from where, what, and the stack if there is one."""
        line = {
            "at": dt.datetime.fromtimestamp(record.created, SHANGHAI).isoformat(
                "T", "milliseconds"
            ),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _MORE if hasattr(record, name)}
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
