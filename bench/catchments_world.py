"""The pairs of ``bench.catchments``: ``python catchments_world.py FILE.npz ORDER``, as a child."""

import sys

import numpy as np
from catchments_run import EDGES

PLACES, PROVIDERS, ACROSS_M = 20_000, 3_000, 60_000


def world(*, shuffled: bool) -> dict[str, np.ndarray]:
    """Places and providers strewn over a square; people not always whole, some places with none."""
    chance = np.random.default_rng(20261130)
    places, providers = (chance.uniform(0, ACROSS_M, (many, 2)) for many in (PLACES, PROVIDERS))
    people = np.round(chance.gamma(2.0, 200.0, PLACES), 3)
    people[chance.random(PLACES) < 0.05] = 0
    demand, supply, far = [], [], []
    for at, place in enumerate(places):
        metres = np.hypot(*(providers - place).T)
        near = np.flatnonzero(metres <= EDGES[-1])
        demand.append(np.full(len(near), at))
        supply.append(near)
        far.append(metres[near])
    columns = [np.concatenate(each) for each in (demand, supply, far)]
    if shuffled:
        order = chance.permutation(len(columns[0]))
        columns = [each[order] for each in columns]
    capacity = chance.integers(1, 500, PROVIDERS)
    return dict(
        zip(
            ("demand", "supply", "far", "people", "capacity"),
            [*columns, people, capacity],
            strict=True,
        )
    )


def main(path: str, order: str) -> None:
    np.savez(path, **world(shuffled=order == "shuffled"))


if __name__ == "__main__":
    main(*sys.argv[1:])
