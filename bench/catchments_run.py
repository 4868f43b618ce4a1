"""One measured task: ``python catchments_run.py WHO TASK WORLD.npz ANSWER.npy``, a process each.

WHO is ``ours`` or ``peer`` (PySAL ``access``, in an environment of its own). Both are given the
same pairs, as each holds them before it begins: columns of numbers, or tables. Whatever a call has
to do with them is within the time measured: seconds of work, which others at work on the machine
change less than the clock; both sides work in one thread. Writes the scores, prints the seconds.
"""

import json
import sys
import time

import numpy as np

EDGES, WEIGHTS, SIGMA = (2_667, 5_333, 8_000), (1.0, 0.68, 0.22), 3_000.0


def ours(task: str, world: dict) -> tuple[float, np.ndarray]:
    from dingdian.core.access import Gaussian, Method, Pairs, Steps, floating

    steps = Steps(EDGES, WEIGHTS)
    method = Method.THREE_STEP if task == "3sfca" else Method.TWO_STEP
    started = time.process_time()
    pairs = Pairs.of(
        world["demand"],
        world["supply"],
        world["far"],
        demands=len(world["people"]),
        supplies=len(world["capacity"]),
    )
    if task == "2sfca":
        weights = None
    else:
        weights = (Gaussian(SIGMA) if task == "bell" else steps).weights(pairs.far)
    scores = floating(
        pairs, weights, demand=world["people"], supply=world["capacity"], method=method
    ).scores
    return time.process_time() - started, scores


def peer(task: str, world: dict) -> tuple[float, np.ndarray]:
    import warnings

    import pandas as pd
    from access import Access, weights

    warnings.filterwarnings("ignore")
    people = pd.DataFrame({"id": np.arange(len(world["people"])), "people": world["people"]})
    capacity = pd.DataFrame({"id": np.arange(len(world["capacity"])), "beds": world["capacity"]})
    columns = {"place": world["demand"], "provider": world["supply"], "metres": world["far"]}
    costs = pd.DataFrame(columns)
    steps = weights.step_fn(dict(zip(EDGES, WEIGHTS, strict=True)))
    started = time.process_time()
    made = Access(
        demand_df=people,
        demand_index="id",
        demand_value="people",
        supply_df=capacity,
        supply_index="id",
        supply_value=["beds"],
        cost_df=costs,
        cost_origin="place",
        cost_dest="provider",
        cost_name="metres",
    )
    if task == "2sfca":
        found = made.two_stage_fca(max_cost=EDGES[-1])
    elif task == "3sfca":
        found = made.three_stage_fca(max_cost=EDGES[-1], weight_fn=steps)
    else:
        decay = weights.gaussian(SIGMA) if task == "bell" else steps
        found = made.enhanced_two_stage_fca(max_cost=EDGES[-1], weight_fn=decay)
    took = time.process_time() - started
    return took, found.iloc[:, -1].reindex(people["id"]).to_numpy(float)


def main(words: list[str]) -> None:
    who, task, path, answer = words
    with np.load(path) as held:
        world = dict(held)
    seconds, scores = {"ours": ours, "peer": peer}[who](task, world)
    np.save(answer, scores)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1:])
