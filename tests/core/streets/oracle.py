"""Ways along streets, the slow and obvious way: one heap, one point after the other."""

import heapq
import math

from dingdian.core.circles.chord import geocentric
from tests.core.streets.worlds import one_point


def chord_mm(one, other):
    """The straight line between two (lon, lat) in whole millimetres, rounded up."""
    here, there = (geocentric(*one_point(*each)) for each in (one, other))
    return math.ceil(math.dist([a[0] for a in here], [a[0] for a in there]) * 1000)


def spot(points, at):
    return float(points.lon[at]), float(points.lat[at])


def ways(network):
    """Place -> [(place one may go on to, millimetres)]."""
    streets = network.streets
    found = {}
    for piece in range(len(streets)):
        tail, head = int(streets.tail[piece]), int(streets.head[piece])
        length = chord_mm(spot(streets.points, tail), spot(streets.points, head))
        if network.forward[piece]:
            found.setdefault(tail, []).append((head, length))
        if network.backward[piece]:
            found.setdefault(head, []).append((tail, length))
    return found


def searched(onward, begun):
    """Place -> the shortest way to it from [(place, millimetres)]."""
    far, heap = {}, [(length, at) for at, length in begun]
    heapq.heapify(heap)
    while heap:
        length, at = heapq.heappop(heap)
        if at not in far:
            far[at] = length
            for other, more in onward.get(at, ()):
                heapq.heappush(heap, (length + more, other))
    return far


def ends(network, snapped, at, *, leaving):
    """[(place, millimetres)] by which one may leave the piece of a point, or come to it."""
    piece = int(snapped.piece[at])
    streets, here = network.streets, spot(snapped.places, at)
    tail, head = int(streets.tail[piece]), int(streets.head[piece])
    along, against = (head, tail) if leaving else (tail, head)
    may = [(along, network.forward[piece]), (against, network.backward[piece])]
    return [(end, chord_mm(here, spot(streets.points, end))) for end, yes in may if yes]


def direct(network, snapped, point, sites, site):
    """[millimetres] along one piece, where both are on the same and one may go that way."""
    piece = int(snapped.piece[point])
    if piece != sites.piece[site]:
        return []
    ahead = sites.share[site] - snapped.share[point]
    may = (ahead >= 0 and network.forward[piece]) or (ahead <= 0 and network.backward[piece])
    return [chord_mm(spot(snapped.places, point), spot(sites.places, site))] if may else []


def distances(network, snapped, sites):
    """(point, site) -> millimetres, for all pairs that have a way."""
    onward, found = ways(network), {}
    for point in range(len(snapped)):
        if snapped.piece[point] < 0:
            continue
        far = searched(onward, ends(network, snapped, point, leaving=True))
        for site in range(len(sites)):
            if sites.piece[site] < 0:
                continue
            told = direct(network, snapped, point, sites, site)
            for end, length in ends(network, sites, site, leaving=False):
                if end in far:
                    told.append(far[end] + length)
            if told:
                off = int(snapped.off_mm[point]) + int(sites.off_mm[site])
                found[point, site] = min(told) + off
    return found
