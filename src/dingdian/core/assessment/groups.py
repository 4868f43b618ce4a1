"""Groups for the bottom by rank: who is ranked with whom, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.assessment.bottom import Bottom, Place, Terms, places_in
from dingdian.core.assessment.subjects import Agreement, Subject
from dingdian.core.rules.bottom_rank import Ladder
from dingdian.core.workings import Reason, reason

#: A side, then column and word of each attribute that parts it.
Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its key, members, those without a score, those who may belong to it.

    ``places``: how many are the bottom by rank; ``None`` where the method is open.
    """

    key: Key
    members: tuple[str, ...]
    unknown: tuple[str, ...]
    joining: tuple[str, ...]
    places: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """The groups of all sides, and where every institution stands, by code."""

    groups: tuple[Group, ...]
    places: Mapping[str, Place]


def ranked(
    subjects: Sequence[Subject],
    scores: Mapping[str, Fraction | None],
    ladder: Ladder,
    terms: Terms | Reason,
    *,
    trial_ranked: bool,
) -> Ranked:
    """Rank the institutions of ``scores`` in their groups.

    Whoever has a group and surely an agreement at the year's end is a member. Whoever may have one,
    or whose group is not known, may join every group that fits what is known.
    """
    places: dict[str, Place] = {}
    members: dict[Key, list[str]] = defaultdict(list)
    loose: list[Subject] = []
    for each in subjects:
        if each.code not in scores or each.side not in ladder.groups:
            continue
        if each.agreement is Agreement.LEFT:
            places[each.code] = Place(Bottom.NOT_RANKED, None, reason("left_in_year"))
        elif each.trial and not trial_ranked:
            places[each.code] = Place(Bottom.NOT_RANKED, None, reason("on_trial"))
        elif each.agreement is Agreement.HELD and (key := key_of(each, ladder)) is not None:
            members[key].append(each.code)
        else:
            loose.append(each)
    groups = []
    for key, codes in sorted(members.items()):
        joining = tuple(sorted(each.code for each in loose if _may_join(each, key)))
        its = {code: scores[code] for code in codes}
        groups.append(_group(key, its, joining, terms))
        places |= _places(its, terms, len(joining))
    places |= {each.code: _held(each) for each in loose}
    return Ranked(tuple(groups), places)


def key_of(subject: Subject, ladder: Ladder) -> Key | None:
    """The group of an institution; ``None`` where one of its attributes is not known."""
    wanted = ladder.groups[subject.side]  # type: ignore[index]
    words = [(name, subject.attributes.get(name)) for name in wanted]
    known = tuple((name, word) for name, word in words if word is not None)
    return (subject.side, known) if len(known) == len(words) else None


def _may_join(subject: Subject, key: Key) -> bool:
    side, words = key
    return subject.side == side and all(
        subject.attributes.get(name, word) == word for name, word in words
    )


def _group(
    key: Key, its: Mapping[str, Fraction | None], joining: tuple[str, ...], terms: Terms | Reason
) -> Group:
    unknown = tuple(sorted(code for code, score in its.items() if score is None))
    places = terms.places(len(its)) if isinstance(terms, Terms) else None
    return Group(key, tuple(sorted(its)), unknown, joining, places)


def _places(
    its: Mapping[str, Fraction | None], terms: Terms | Reason, joining: int
) -> dict[str, Place]:
    if isinstance(terms, Terms):
        return places_in(its, terms, joining=joining)
    return {code: Place(Bottom.UNCLEAR, None, terms) for code in its}


def _held(subject: Subject) -> Place:
    unsure = subject.agreement is Agreement.UNKNOWN
    why = reason("agreement_unknown") if unsure else reason("group_unknown")
    return Place(Bottom.HELD, None, why)
