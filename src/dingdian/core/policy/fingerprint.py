"""The fingerprint of a shelf: the same content, the same fingerprint, however it is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

from dingdian.core.policy.book import Layer
from dingdian.core.policy.model import Document, Shape


def book_fingerprint(layers: Mapping[str, Layer], documents: Mapping[str, Document]) -> str:
    """SHA-256 (hex) over the parsed content of every layer and document.

    Comments, file names, the order of files, keys and items, and the way a number is written
    (``85%`` or ``0.85``) leave it as it is; any other change moves it. Fields that hold their
    default are left out, so that a field added later moves nothing by itself; so is the calendar
    of a layer that has none.

    >>> book_fingerprint({}, {})[:12]
    '471919a700c8'
    """
    content = {
        "documents": _sorted(documents.values()),
        "layers": {
            name: {
                "card": _plain(layer.card),
                "clauses": _sorted(layer.clauses),
                "rules": _sorted(layer.rules),
                "readings": _sorted(layer.readings),
                "benchmarks": _sorted(layer.benchmarks),
                **({"calendar": _sorted(layer.calendar)} if layer.calendar else {}),
            }
            for name, layer in layers.items()
        },
    }
    return hashlib.sha256(_text(content).encode()).hexdigest()


def _sorted(shapes: Iterable[Shape]) -> list[object]:
    return sorted((_plain(shape) for shape in shapes), key=_text)


def _plain(shape: Shape) -> object:
    return shape.model_dump(exclude_defaults=True)


def _text(content: object) -> str:
    return json.dumps(
        content, default=_scalar, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _scalar(value: object) -> str:
    """An exact number as ``17/20`` and a day as ``2025-07-02``."""
    if isinstance(value, Fraction | dt.date):
        return str(value)
    raise TypeError(f"no canonical text for {type(value).__name__}")
