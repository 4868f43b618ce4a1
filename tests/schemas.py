"""Files held against their published schemas, by an implementation that is not ours."""

from __future__ import annotations

import json

import jsonschema_rs

from dingdian.reports.record_schema import Published, schema_of


def schema_faults(published: Published, content: str | bytes) -> list[str]:
    """What a file breaks of the published schema: nothing, if it is right."""
    checker = jsonschema_rs.validator_for(schema_of(published), validate_formats=True)
    return [each.message for each in checker.iter_errors(json.loads(content))]
