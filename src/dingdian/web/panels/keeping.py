"""Keep the register: rows of a form or a file are checked together and written all or none."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from dingdian.core.errors import Fault, Place, RequestError, Text, fault
from dingdian.core.panel.experts import fingerprint, is_code
from dingdian.core.signs import is_fit
from dingdian.web import bureau
from dingdian.web.accounts.lists import district_names, holders
from dingdian.web.panels import register
from dingdian.web.panels.models import Expert, Relation
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: What was done to the register, as the journal has it.
ADD, EDIT, TAKE_IN = "expert.add", "expert.edit", "expert.take_in"
_BETWEEN = re.compile(r"[;；、,，\s]+")
#: Column of the register -> the longest text that it holds.
_LONGEST = {"code": 40, "name": 60, "id_number": 40, "employer": 200}


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as somebody wrote it; ``ground`` in words of the shelf or by its identifier."""

    ground: str
    institution: str
    ended: dt.date | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An expert as somebody wrote it. ``relations``: ``None`` leaves those of before.

    ``place`` is where it stands in a file.
    """

    code: str
    name: str
    field: str
    employer: str | None
    since: dt.date
    through: dt.date | None = None
    id_number: str = ""
    username: str = ""
    districts: tuple[str, ...] = ()
    relations: tuple[Related, ...] | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against: the register, words of the shelf, users, districts."""

    user: User
    fields: Mapping[str, Text] = field(default_factory=register.fields)
    grounds: Mapping[str, Text] = field(default_factory=register.grounds)
    districts: Collection[str] = field(default_factory=district_names)

    def evaluators(self) -> dict[str, User]:
        """The users that may be those of an expert, by name of sign-in."""
        return {each.username: each for each in holders(Right.EVALUATE, "")}


def districts_of(text: str) -> tuple[str, ...]:
    """The codes of a text, each once.

    >>> districts_of("210102；210103、210102"), districts_of("")
    (('210102', '210103'), ())
    """
    return tuple(dict.fromkeys(each for each in _BETWEEN.split(text) if each))


def meant(text: str, words: Mapping[str, Text]) -> str:
    """The identifier that a text names by itself or in words; empty where it is none.

    >>> meant("医药卫生", {"medicine": Text("医药卫生", "Medicine and health")})
    'medicine'
    """
    plain = text.strip().casefold()
    named = (
        id for id, said in words.items() if plain in (id, said.zh.casefold(), said.en.casefold())
    )
    return next(named, "")


def keep(user: User, rows: Sequence[Row], act: str, **facts: str) -> tuple[int, int]:
    """Write experts into the register: how many are new, how many were changed.

    Raises:
        RequestError: something is wrong with some of them; all of it is told and nothing written.
    """
    known = Known(user)
    with transaction.atomic(), bureau.journal().writing():
        there = {each.code: each for each in Expert.objects.select_related("user")}
        if faults := tuple(_faults(rows, there, known)):
            raise RequestError(faults)
        evaluators = known.evaluators()
        _free_users(rows, there)
        kept = [_write(each, there.get(each.code), known, evaluators) for each in rows]
        fresh = sum(each.code not in there for each in rows)
        core = [register.core_of(each) for each in kept]
        subject = f"expert:{kept[0].code}" if len(kept) == 1 and not facts else "experts"
        bureau.note(
            user, subject, act, register=fingerprint(core), n=len(kept), fresh=fresh, **facts
        )
    return fresh, len(kept) - fresh


def _faults(rows: Sequence[Row], there: Mapping[str, Expert], known: Known) -> Iterator[Fault]:
    evaluators = known.evaluators()
    for code, n in Counter(each.code for each in rows).items():
        if n > 1:
            last = [each for each in rows if each.code == code][-1]
            yield fault("panel_expert_twice", last.place, expert=code)
    for row in rows:
        yield from _of_texts(row)
        yield from _of_words(row, known)
        yield from _of_rights(row, there, known)
        if row.username and row.username not in evaluators:
            yield fault("panel_user_unknown", row.place, user=row.username)
    yield from _of_users(rows, there)


def _of_texts(row: Row) -> Iterator[Fault]:
    if not is_code(row.code):
        yield fault("panel_code_unfit", row.place, value=row.code)
    for name, longest in _LONGEST.items():
        text = getattr(row, name) or ""
        if not is_fit(text) or len(text) > longest:
            yield fault("panel_text_unfit", row.place, fact=name, fact_zh=_TITLES[name])
    if not row.name.strip():
        yield fault("panel_fact_missing", row.place, fact="name", fact_zh="姓名")
    if row.through is not None and row.through < row.since:
        said = {"expert": row.code, "since": row.since, "through": row.through}
        yield fault("panel_days_crossed", row.place, **said)


_TITLES = {"code": "专家编号", "name": "姓名", "id_number": "证件号码", "employer": "工作单位"}


def _of_words(row: Row, known: Known) -> Iterator[Fault]:
    if not meant(row.field, known.fields):
        listed = "、".join(each.zh for each in known.fields.values())
        said = {"expert": row.code, "field": row.field, "known": listed}
        yield fault("panel_field_unknown", row.place, **said)
    for each in row.relations or ():
        if not meant(each.ground, known.grounds):
            listed = "、".join(said.zh for said in known.grounds.values())
            said = {"expert": row.code, "ground": each.ground, "known": listed}
            yield fault("panel_ground_unknown", each.place, **said)
        if not is_fit(each.institution) or len(each.institution) > _LONGEST["employer"]:
            yield fault("panel_text_unfit", each.place, fact="institution", fact_zh="机构")
    for district in row.districts:
        if district not in known.districts:
            said = {"expert": row.code, "district": district}
            yield fault("panel_district_unknown", row.place, **said)


def _of_rights(row: Row, there: Mapping[str, Expert], known: Known) -> Iterator[Fault]:
    before = there.get(row.code)
    ones = (row.districts, *([before.districts] if before else []))
    if not all(register.may_keep(known.user, each) for each in ones):
        yield fault("panel_expert_elsewhere", row.place, expert=row.code)


def _of_users(rows: Sequence[Row], there: Mapping[str, Expert]) -> Iterator[Fault]:
    """Users that would be two experts' at once."""
    ours = {each.code for each in rows}
    taken = {e.user.username: e.code for e in there.values() if e.user and e.code not in ours}
    for row in rows:
        if not row.username:
            continue
        if row.username in taken:
            other = taken[row.username]
            yield fault("panel_user_taken", row.place, user=row.username, other=other)
        taken[row.username] = row.code


def _free_users(rows: Iterable[Row], there: Mapping[str, Expert]) -> None:
    """Users move between experts of one file: all are taken back before any is given."""
    known = [each.code for each in rows if each.code in there]
    Expert.objects.filter(code__in=known).update(user=None)


def _write(row: Row, before: Expert | None, known: Known, evaluators: Mapping[str, User]) -> Expert:
    kept = before or Expert(code=row.code)
    kept.name, kept.id_number = row.name.strip(), row.id_number.strip().upper()
    kept.field = meant(row.field, known.fields)
    kept.employer = row.employer if row.employer is None else row.employer.strip()
    kept.since, kept.through = row.since, row.through
    kept.districts = list(row.districts)
    kept.user = evaluators[row.username] if row.username else None
    kept.save()
    if row.relations is not None:
        kept.relations.filter(panel="").delete()
        Relation.objects.bulk_create(
            Relation(
                expert=kept,
                ground=meant(each.ground, known.grounds),
                institution=each.institution.strip(),
                ended=each.ended,
            )
            for each in row.relations
        )
    return kept
