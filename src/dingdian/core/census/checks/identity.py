"""Who an institution is: national code, unified social credit code, name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.checks.groups import keys, repeated
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Table
from dingdian.core.census.vocabulary import DESIGNATED, KINDS
from dingdian.core.errors import Fault, fault

#: Characters of the code of GB 32100-2015 in order of value, and the weight of each place.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_VALUES = np.array([ALPHABET.find(chr(code)) for code in range(128)])

_NATIONAL = re.compile(r"[HP]\d{11}")
_USCC = re.compile(f"[{ALPHABET}]{{18}}")
_DIGITS = re.compile(r"\d{6}")
#: An institution's name with a part of it behind: a ward, a department, a building, an office.
_PART = re.compile(
    r"(医院|卫生院|保健院|服务中心|服务站|卫生室).*"
    r"([科楼室部]|病区|病房|急诊|门诊|急救站|检验中心|体检中心)([(（].*[)）])?$"
)


def is_uscc(text: str) -> bool:
    """Whether a text has the form of a unified social credit code; a few real ones fail its check.

    >>> is_uscc("91350100M000100Y43"), is_uscc("91350100"), is_uscc("")
    (True, False, False)
    """
    return _USCC.fullmatch(text) is not None


def uscc_check_digits(bodies: Sequence[str]) -> list[str]:
    """The 18th character of each code after its first 17 (GB 32100-2015).

    A weighted sum that 31 divides gives ``0``; many published snippets index out of range.

    >>> uscc_check_digits(["91350100M000100Y4"])
    ['3']
    """
    totals = _VALUES[np.array(bodies, "S17").view(np.uint8).reshape(-1, 17)] @ WEIGHTS
    return [ALPHABET[-total % 31] for total in totals.tolist()]


def identity_faults(census: Census) -> Iterator[Fault]:
    """What is odd about codes and names of institutions."""
    table = census.tables["institutions"]
    yield from _codes(table)
    yield from _prefixes(census, table)
    yield from _usccs(table)
    yield from _names(table)


def _codes(table: Table) -> Iterator[Fault]:
    cells = zip(*(table[name].cells() for name in ("code", "kind", "standing")), strict=True)
    for row, (code, kind, standing) in enumerate(cells):
        if code is None:
            continue
        if not _NATIONAL.fullmatch(str(code)):
            if standing in DESIGNATED:
                yield fault("malformed_code", place_of(table, row, "code"), value=code)
        elif kind is not None and (kind == "retail_pharmacy") != str(code).startswith("P"):
            place = place_of(table, row, "kind")
            yield fault("kind_contradicts_code", place, value=code, word=KINDS[str(kind)].zh)


def _prefixes(census: Census, table: Table) -> Iterator[Fault]:
    kin = _kin(census)
    roots = {code[:4] for code in kin if _DIGITS.match(code)}
    cells = zip(table["code"].cells(), table["region"].cells(), strict=True)
    for row, (code, region) in enumerate(cells):
        if code is None or region not in kin or not _NATIONAL.fullmatch(str(code)):
            continue
        digits = str(code)[1:7]
        if digits in kin[str(region)]:
            continue
        kind = "code_prefix_unfit" if digits[:4] in roots else "foreign_code"
        yield fault(kind, place_of(table, row, "code"), value=code, region=region)


def _kin(census: Census) -> Mapping[str, frozenset[str]]:
    """For each region the codes, present and former, of itself and all above and below it."""
    regions = census.tables["regions"]
    cells = [regions[name].cells() for name in ("code", "parent", "aliases")]
    own: dict[str, set[str]] = {}
    parents: dict[str, str] = {}
    for code, parent, aliases in zip(*cells, strict=True):
        former = re.split("[;；\\s]+", str(aliases or ""))
        own[str(code)] = {str(code), *filter(None, former)}
        parents[str(code)] = str(parent or "")
    kin = {code: set(words) for code, words in own.items()}
    for code, words in own.items():
        above, steps = parents[code], 0
        while above in own and steps < len(own):
            kin[code] |= own[above]
            kin[above] |= words
            above, steps = parents[above], steps + 1
    return {code: frozenset(words) for code, words in kin.items()}


def _usccs(table: Table) -> Iterator[Fault]:
    column = table["uscc"]
    codes = {label: label.upper() for label in column.labels}
    formed = [label for label, code in codes.items() if is_uscc(code)]
    bodies = [codes[label][:17] for label in formed]
    digits = dict(zip(formed, uscc_check_digits(bodies), strict=True))
    odd = column.among(each for each, code in codes.items() if digits.get(each) != code[17:])
    for row in np.flatnonzero(odd).tolist():
        label, place = column.labels[column.values[row]], place_of(table, row, "uscc")
        if label in digits:
            said = {"value": codes[label], "expected": digits[label]}
            yield fault("uscc_check_digit", place, **said)
        else:
            yield fault("malformed_uscc", place, value=codes[label])
    for rows in repeated(keys(table, ["uscc"]), column.known):
        for row in rows.tolist():
            value = column.cell(row)
            yield fault("shared_uscc", place_of(table, row, "uscc"), value=value, n=len(rows))


def _names(table: Table) -> Iterator[Fault]:
    column = table["name"]
    here = keys(table, ["region", "name"])
    for rows in repeated(keys(table, ["name"]), column.known):
        counts = Counter(here[rows].tolist())
        for row in rows.tolist():
            n = counts[int(here[row])]
            kind = "repeated_name" if n > 1 else "name_elsewhere"
            place = place_of(table, row, "name")
            yield fault(kind, place, value=column.cell(row), n=n if n > 1 else len(rows))
    kinds = table["kind"].cells()
    for row, (name, its) in enumerate(zip(column.cells(), kinds, strict=True)):
        text = str(name or "")
        if its not in ("retail_pharmacy", "outpatient_department") and _is_part(text):
            yield fault("ward_listed", place_of(table, row, "name"), value=text)


def _is_part(name: str) -> bool:
    found = _PART.search(name)
    return found is not None and not name.endswith("卫生室")


def reused_code_faults(census: Census, former: Mapping[str, str]) -> Iterator[Fault]:
    """Codes of regions that stood for another region before.

    A former code is known from the aliases of the census and from ``former`` (code -> name
    of the region that bore it).
    """
    regions = census.tables["regions"]
    cells = [regions[name].cells() for name in ("code", "name", "aliases")]
    bearers = dict(former)
    for code, name, aliases in zip(*cells, strict=True):
        for word in re.split("[;；\\s]+", str(aliases or "")):
            if word and word != code:
                bearers[word] = str(name)
    for row, (code, name) in enumerate(zip(cells[0], cells[1], strict=True)):
        before = bearers.get(str(code))
        if before is not None and before != name:
            yield fault(
                "reused_code",
                place_of(regions, row, "code"),
                value=code,
                story=f"原为{before}，现为{name}",
                story_en=f"once {before}, now {name}",
            )
