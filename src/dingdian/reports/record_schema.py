"""The published shapes of plan, decisions, assessment and advice: a JSON Schema, and a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dingdian.core import (
    access_record,
    projection_record,
    retention_record,
    siting_record,
    transfer_record,
)
from dingdian.core.admission import record as decisions
from dingdian.core.assessment import record as assessment
from dingdian.core.record import VERSION, Part, Record

Schema = Mapping[str, Any]

_HEAD = """# {name}.json, version {version}

Generated from `{module}` by `make docs`. The JSON Schema is
[{name}-{version}.schema.json]({name}-{version}.schema.json).

The file is UTF-8 JSON with one line for each {lines} and so on. A field that
is not required and is left out holds its default. A field may be added within a version; when one
changes its meaning or goes away, the version changes.
"""


@dataclass(frozen=True, slots=True)
class Published:
    """A record whose shape is published: its name, its whole, its version, what its lines are."""

    name: str
    shape: type[Part]
    version: str
    lines: str

    @property
    def schema_file(self) -> str:
        """The file of its JSON Schema."""
        return f"{self.name}-{self.version}.schema.json"


PLAN = Published("plan", Record, VERSION, "figure, finding, quota, rule")
DECISIONS = Published(
    "decisions", decisions.DecisionsRecord, decisions.VERSION, "decision, quota, rule, clause"
)
ASSESSMENT = Published(
    "assessment",
    assessment.AssessmentRecord,
    assessment.VERSION,
    "institution, group, person, rule, clause",
)
RETENTION = Published(
    "retention",
    retention_record.RetentionRecord,
    retention_record.VERSION,
    "cap, institution, rule, clause",
)
SITING = Published(
    "siting",
    siting_record.SitingRecord,
    siting_record.VERSION,
    "spacing rule, chosen site, area",
)
TRANSFER = Published(
    "transfer",
    transfer_record.TransferRecord,
    transfer_record.VERSION,
    "goal, move, district, institution",
)
ACCESS = Published(
    "access",
    access_record.AccessRecord,
    access_record.VERSION,
    "area, provider, rule, clause",
)
PROJECTION = Published(
    "projection",
    projection_record.ProjectionRecord,
    projection_record.VERSION,
    "scenario, rule, clause",
)


def schema_of(published: Published) -> dict[str, Any]:
    """Its JSON Schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dingdian:{published.name}:{published.version}",
        **published.shape.model_json_schema(),
    }


def schema_text(published: Published) -> str:
    """The schema as it is published."""
    return json.dumps(schema_of(published), ensure_ascii=False, indent=2) + "\n"


def reference_page(published: Published) -> str:
    """The page in docs/reference/: every part, its meaning and its fields."""
    schema = schema_of(published)
    parts = {published.shape.__name__: schema, **schema["$defs"]}
    head = _HEAD.format(
        name=published.name,
        version=published.version,
        module=published.shape.__module__,
        lines=published.lines,
    )
    return "\n".join([head, *(line for pair in parts.items() for line in _part(*pair))])


def _part(name: str, schema: Schema) -> Iterator[str]:
    yield f"## {name}\n"
    meaning = " ".join(str(schema.get("description", "")).split())
    yield meaning.replace("``", "`") + "\n"
    if "enum" in schema:
        yield f"One of {_type(schema)}.\n"
        return
    yield "| field | type | required | default |"
    yield "| --- | --- | --- | --- |"
    required = schema.get("required", ())
    for field, shape in schema["properties"].items():
        default = f"`{json.dumps(shape['default'])}`" if "default" in shape else ""
        must = "yes" if field in required else "no"
        yield f"| `{field}` | {_type(shape)} | {must} | {default} |"
    yield ""


def _type(shape: Schema) -> str:
    """The type of a field in words, with a link to the part it is made of."""
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(_type(each) for each in shape["anyOf"])
    if "enum" in shape:
        return ", ".join(f"`{each}`" for each in shape["enum"])
    if "const" in shape:
        return f"`{shape['const']}`"
    if shape.get("type") == "array":
        inner = shape.get("prefixItems") or [shape["items"]]
        words = ", ".join(_type(each) for each in inner)
        return f"[{words}]" if "prefixItems" in shape else f"list of {words}"
    if shape.get("type") == "object":
        return f"mapping of {_type(shape['additionalProperties'])}"
    return str(shape.get("format") or shape["type"])
