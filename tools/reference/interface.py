"""docs/reference/openapi.json and api.md: the interface for programs, as it describes itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.reference.markdown import code, escaped, page, table
from tools.reference.source import Source

ABOUT = """
What other programs of a bureau may ask, under `/api/v1/`. The description itself is
[openapi.json](openapi.json); a running system shows it at `/api/v1/docs` to signed-in users who
may use the interface. Names of fields are the national platform's where it has them.
"""
_SCRIPT = """
import django, json
django.setup()
from dingdian.web.api.service import api
print(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, default=str))
"""


@cache
def described() -> dict[str, Any]:
    """The description, made by a process of its own: Django is set up for the web system there."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "dingdian.toml"
        config.write_text("", "utf-8")
        environment = {
            **os.environ,
            "DINGDIAN_CONFIG": str(config),
            "DJANGO_SETTINGS_MODULE": "dingdian.web.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            capture_output=True,
            check=True,
            env=environment,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def openapi(_: Source) -> str:
    """The description as a file."""
    return json.dumps(described(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def interface(_: Source) -> str:
    """The page."""
    found = described()
    about = [*found["info"]["description"].splitlines(), ""]
    return page("The interface for programs", ABOUT, about, _operations(found), _forms(found))


def _operations(found: dict[str, Any]) -> Iterator[str]:
    for path, methods in found["paths"].items():
        for method, each in methods.items():
            yield from (f"## {method.upper()} {path}", "", each["description"], "")
            rows = [
                (code(p["name"]), p["in"], _form(p["schema"]), "yes" if p["required"] else "")
                for p in each.get("parameters", ())
            ]
            if rows:
                yield from table(("parameter", "in", "form", "required"), rows)
            if body := each.get("requestBody"):
                yield from (f"Body: {_form(_content(body))}.", "")
            answers = [
                (status, _form(_content(answer)))
                for status, answer in sorted(each["responses"].items(), key=str)
            ]
            yield from table(("status", "body"), answers)


def _content(given: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = given["content"]["application/json"]["schema"]
    return schema


def _forms(found: dict[str, Any]) -> Iterator[str]:
    yield from ("## Forms", "")
    for name, form in sorted(found["components"]["schemas"].items()):
        yield from (f"### {name}", "", escaped(form.get("description", "")), "")
        required = set(form.get("required", ()))
        rows = [
            (code(field), _form(each), "yes" if field in required else "")
            for field, each in form.get("properties", {}).items()
        ]
        if rows:
            yield from table(("field", "form", "required"), rows)


def _form(schema: dict[str, Any]) -> str:
    """A form in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if many := schema.get("anyOf"):
        return " or ".join(map(_form, many))
    if words := schema.get("enum"):
        return ", ".join(code(each) for each in words)
    kind = schema.get("format") or schema.get("type", "anything")
    if kind == "array":
        return f"list of {_form(schema.get('items', {}))}"
    limits = [
        f"{words} {schema[name]}"
        for name, words in (("minimum", "from"), ("maximum", "to"), ("maxLength", "up to"))
        if name in schema
    ]
    return " ".join([str(kind), *limits])
