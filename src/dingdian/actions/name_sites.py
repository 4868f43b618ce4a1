"""Name sites: what the words of a question about sites mean, against vocabulary and census."""

from __future__ import annotations

from collections.abc import Mapping

from dingdian.core.census import Census
from dingdian.core.census.near import PHARMACY
from dingdian.core.census.vocabulary import KINDS
from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.circles import SERVED
from dingdian.core.naming import listed, meant, resolve, unknown
from dingdian.core.spacing.applicants import choice_named, kind_named, service_named
from dingdian.core.spacing.stock import PHARMACY_KIND


def stock_named(word: str) -> str:
    """The stock (a key of ``SERVED``) that a service, or a stock itself, means.

    Raises:
        RequestError: no circles are drawn around it; those that may be asked for are named.

    >>> stock_named("outpatient_pooling"), stock_named("门诊统筹"), stock_named("药店")
    ('outpatient_pooling_institutions', 'outpatient_pooling_institutions', 'pharmacies')
    """
    found = meant(word, SERVED)
    if found:
        return found
    service = service_named(word)
    for id, served in SERVED.items():
        if service and service == served.service:
            return id
    if kind_named(word) == PHARMACY_KIND:
        return "pharmacies"
    raise RequestError((unknown(word, SERVED, option="--service"),))


def kind_of_new(word: str, of: str) -> str:
    """The kind of a new institution of the stock ``of``; without a word, the usual one.

    Raises:
        RequestError: no kind has that name, or none of that kind is of the stock; what fits is
            named.

    >>> kind_of_new("", "pharmacies"), kind_of_new("门诊部", "medical_institutions")
    ('retail_pharmacy', 'outpatient_department')
    """
    served = SERVED[of]
    drugs = served.kind == PHARMACY
    fits = {id: term for id, term in KINDS.items() if (id == PHARMACY_KIND) == drugs}
    if not word:
        usual = "hospital" if served.service == "inpatient" else "clinic"
        return PHARMACY_KIND if drugs else usual
    kind = kind_named(word)
    if kind in KINDS and kind not in fits:
        raise RequestError(
            (
                fault(
                    "siting_kind_unfit",
                    value=word,
                    known=listed(fits),
                    service_zh=served.zh,
                    service_en=served.en,
                ),
            )
        )
    return kind or resolve(word, fits, option="--kind")


def district_named(word: str, census: Census) -> str:
    """The district that a code or a name means.

    Raises:
        RequestError: none, or several; all districts are named.
    """
    names = census.tree.names
    found = [each for each in census.tree.districts if word in (each, names.get(each))]
    if len(found) != 1:
        known = "、".join(names.get(each, each) for each in census.tree.districts)
        raise RequestError((fault("siting_unknown_district", value=word, known=known),))
    return found[0]


def quotas_named(quotas: Mapping[str, int], census: Census) -> Mapping[str, int]:
    """Quotas by district code, of codes and names.

    Raises:
        RequestError: a district is unknown.
    """
    return {district_named(word, census): most for word, most in quotas.items()}


def priorities_named(priorities: Mapping[str, int], census: Census) -> Mapping[str, int]:
    """Priorities by region code or level, of codes, names and words for levels.

    Raises:
        RequestError: one is neither a region nor a level.
    """
    tree, found = census.tree, {}
    for word, weight in priorities.items():
        named = [each for each in tree.parents if word in (each, tree.names.get(each))]
        level = choice_named("region_level", word)
        if level is None and len(named) != 1:
            raise RequestError((fault("siting_unknown_priority", value=word),))
        found[level or named[0]] = weight
    return found
