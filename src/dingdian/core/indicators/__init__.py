"""The register of measures: every number of a plan that is counted or computed, by id.

One topic a file; a measure states its names (numerator and denominator where it is a
ratio), unit, recipe, decimals and clauses. ``MEASURES`` is what ``Workings`` is made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.census import Census, RegionTree
from dingdian.core.indicators import (
    beds,
    care,
    coverage,
    covered_area,
    density,
    equity,
    fund,
    history,
    need,
    people,
    pharmacies,
    releases,
    stock,
)
from dingdian.core.indicators.covered import gives_insured
from dingdian.core.indicators.recipes import Across, WholeOnly, parts_of
from dingdian.core.workings import Measure

#: Topic -> its measures, in the order in which a reader wants them.
TOPICS: Mapping[str, tuple[Measure, ...]] = MappingProxyType(
    {
        "people": people.MEASURES,
        "stock": stock.MEASURES,
        "pharmacies": pharmacies.MEASURES,
        "density": density.MEASURES,
        "coverage": coverage.MEASURES,
        "covered_area": covered_area.MEASURES,
        "beds": beds.MEASURES,
        "equity": equity.MEASURES,
        "growth": history.MEASURES,
        "care": care.MEASURES,
        "fund": fund.MEASURES,
        "releases": releases.MEASURES,
        "need": need.MEASURES,
    }
)


def _register() -> Mapping[str, Measure]:
    found: dict[str, Measure] = {}
    for topic, measures in TOPICS.items():
        for measure in measures:
            if measure.id in found:
                raise ValueError(f"two measures are called {measure.id}; the second is in {topic}")
            found[measure.id] = measure
    return MappingProxyType(found)


MEASURES: Mapping[str, Measure] = _register()


_OF_INSURED: Mapping[str, Measure] = MappingProxyType(
    {**MEASURES, **{each.id: each for each in coverage.measures(coverage.INSURED)}}
)


def measures_of(census: Census) -> Mapping[str, Measure]:
    """The register for a census: coverage counts the insured where its localities give them."""
    return _OF_INSURED if gives_insured(census) else MEASURES


def scopes_of(measure: Measure, tree: RegionTree) -> Iterator[str]:
    """The areas of a plan's tables at which a measure has a meaning.

    The whole area first, then zones and districts; a measure of the whole area or of a
    distribution over parts leaves out those where it would only say so.
    """
    for scope in (tree.root, *tree.zone_scopes, *tree.districts):
        recipe = measure.recipe
        if isinstance(recipe, WholeOnly) and scope != tree.root:
            continue
        if isinstance(recipe, Across) and not parts_of(tree, scope, recipe.parts):
            continue
        yield scope


__all__ = ["MEASURES", "TOPICS", "measures_of", "scopes_of"]
