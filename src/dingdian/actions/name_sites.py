"""Name sites: what the words of a question about sites mean, against vocabulary and census."""

from __future__ import annotations

from collections.abc import Mapping

from dingdian.core.census import Census
from dingdian.core.census.near import PHARMACY
from dingdian.core.census.vocabulary import KINDS
from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.circles import SERVED
from dingdian.core.spacing.applicants import choice_named, kind_named, service_named
from dingdian.core.spacing.stock import PHARMACY_KIND

INPATIENT = "inpatient"


def stock_named(word: str) -> str:
    """The stock (a key of ``SERVED``) that a service, or a stock itself, means.

    Raises:
        RequestError: no circles are drawn around it; those that may be asked for are named.

    >>> stock_named("outpatient_pooling"), stock_named("门诊统筹"), stock_named("药店")
    ('outpatient_pooling_institutions', 'outpatient_pooling_institutions', 'pharmacies')
    """
    bare = word.strip().casefold()
    service = service_named(bare)
    for id, served in SERVED.items():
        names = (id, served.zh, served.en)
        if bare in (each.casefold() for each in names) or (service and service == served.service):
            return id
    if kind_named(bare) == PHARMACY_KIND:
        return "pharmacies"
    known = "、".join(f"{each.zh}（{each.service or id}）" for id, each in SERVED.items())
    raise RequestError((fault("siting_unknown_service", value=word, known=known),))


def kind_of_new(word: str, of: str) -> str:
    """The kind of a new institution of the stock ``of``; without a word, the usual one.

    Raises:
        RequestError: no kind has that name, or none of that kind is of the stock; what fits is
            named.

    >>> kind_of_new("", "pharmacies"), kind_of_new("门诊部", "medical_institutions")
    ('retail_pharmacy', 'outpatient_department')
    """
    served = SERVED[of]
    fits = [each for each in KINDS if (each == PHARMACY_KIND) == (served.kind == PHARMACY)]
    if not word:
        return fits[0] if served.service == INPATIENT or len(fits) == 1 else "clinic"
    kind = kind_named(word)
    if kind in fits:
        return kind
    if kind is None:
        known = "、".join(term.zh for term in KINDS.values())
        raise RequestError((fault("unknown_kind", value=word, known=known),))
    told = {lang: _names(fits, lang) for lang in ("zh", "en")}
    raise RequestError(
        (
            fault(
                "siting_kind_unfit",
                value=word,
                service_zh=served.zh,
                service_en=served.en,
                fits_zh="、".join(told["zh"]),
                fits_en=", ".join(told["en"]),
            ),
        )
    )


def _names(kinds: list[str], lang: str) -> list[str]:
    return [KINDS[each].zh if lang == "zh" else KINDS[each].en for each in kinds]


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
