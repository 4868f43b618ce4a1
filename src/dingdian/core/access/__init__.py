"""Access: what providers mean for people who share them, by how far these have it.

``Pairs`` says who has whom within reach and how far that is, wherever the distances come from;
``straight`` makes them of straight lines. The measures read pairs and nothing else: what is within
reach (``reached``), how far the nearest is (``nearest``), and the floating catchment areas
(``floating``), which divide each provider among all who have it within reach.

>>> import numpy as np
>>> pairs = Pairs.of([0, 0, 1], [0, 1, 1], [300, 900, 100], demands=2, supplies=2)
>>> people, beds = np.array([100, 50]), np.array([10, 30])
>>> found = floating(pairs, None, demand=people, supply=beds, method=Method.TWO_STEP)
>>> found.ratios.tolist(), found.scores.tolist()
([0.1, 0.2], [0.30000000000000004, 0.2])
"""

from dingdian.core.access.decay import Decay, Gaussian, GaussianToRim, Steps
from dingdian.core.access.floating import Access, Method, floating
from dingdian.core.access.pairs import Pairs, Weights, straight
from dingdian.core.access.reach import nearest, reached, touched

__all__ = [
    "Access",
    "Decay",
    "Gaussian",
    "GaussianToRim",
    "Method",
    "Pairs",
    "Steps",
    "Weights",
    "floating",
    "nearest",
    "reached",
    "straight",
    "touched",
]
