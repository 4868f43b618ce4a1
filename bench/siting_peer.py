"""The peer of ``bench.siting``: spopt's maximal covering with CBC, a Python of its own.

Given a file with weights, metres and the radius; prints seconds in all and the weight reached.
"""

import json
import sys
import time

import numpy as np
import pulp
from spopt.locate import MCLP


def main(file: str, places: str) -> None:
    """Build the model, solve it to the end."""
    told = np.load(file)
    started = time.perf_counter()
    model = MCLP.from_cost_matrix(
        told["far"], told["weights"], float(told["radius"]), p_facilities=int(places)
    )
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    took = time.perf_counter() - started
    value = round(pulp.value(model.problem.objective))
    proved = pulp.LpStatus[model.problem.status] == "Optimal"
    print(json.dumps({"took": took, "value": value, "proved": proved}))


main(*sys.argv[1:])
