"""The peer of ``bench.admission``: zen-engine on a table of 3,700 rows, with trace.

Runs with a Python of its own and prints decisions a second.
"""

import json
import time

import zen

ROWS, DECISIONS = 3_700, 500


def table() -> dict:
    """First hit over kind, district, months and points; most questions go far down."""
    inputs = ("kind", "district", "months", "points")
    rules = [
        {
            "_id": f"r{row}",
            "kind": f'"kind{row % 14}"',
            "district": f'"district{row % 13}"',
            "months": f">= {row % 24}",
            "points": f"< {row}",
            "outcome": f'"{row}"',
        }
        for row in range(ROWS)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": each, "name": each, "field": each} for each in inputs],
        "outputs": [{"id": "outcome", "name": "outcome", "field": "outcome"}],
        "rules": rules,
    }
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": place},
        {
            "id": "t",
            "name": "t",
            "type": "decisionTableNode",
            "position": place,
            "content": content,
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": place},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
        {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


def main() -> None:
    """Decide, and print how many a second."""
    decision = zen.ZenEngine().create_decision(json.dumps(table()))
    started = time.perf_counter()
    for each in range(DECISIONS):
        asked = {
            "kind": f"kind{each % 14}",
            "district": f"district{each % 13}",
            "months": 6 + each % 30,
            "points": each * 7 % ROWS,
        }
        decision.evaluate(asked, {"trace": True})
    print(json.dumps(DECISIONS / (time.perf_counter() - started)))


main()
