"""The published shape of plan.json: a JSON Schema, and a page that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dingdian.core.record import VERSION, Record

Schema = Mapping[str, Any]

_HEAD = f"""# plan.json, version {VERSION}

Generated from `dingdian.core.record` by `make docs`. The JSON Schema is
[plan-{VERSION}.schema.json](plan-{VERSION}.schema.json).

The file is UTF-8 JSON with one line for each figure, finding, quota, rule and so on. A field that
is not required and is left out holds its default. A field may be added within a version; when one
changes its meaning or goes away, the version changes.
"""


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of plan.json."""
    schema = Record.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dingdian:plan:{VERSION}",
        **schema,
    }


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


def reference_page() -> str:
    """The page docs/reference/plan-json.md: every part, its meaning and its fields."""
    schema = plan_schema()
    parts = {"Record": schema, **schema["$defs"]}
    return "\n".join([_HEAD, *(line for pair in parts.items() for line in _part(*pair))])


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
