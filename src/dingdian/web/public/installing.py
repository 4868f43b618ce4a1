"""Taking an edition at the public site: whole, or not at all.

The files are unpacked into a folder of their own, which nothing shows yet. One transaction then
fills the tables and adds the row of the edition; with it the site has changed over.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Model

from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import DingdianError, RequestError, fault
from dingdian.storage.census_files import read_census
from dingdian.storage.exchange_keys import trusted_key
from dingdian.storage.folders import Out, write_folder
from dingdian.storage.signed_files import Signed, open_signed
from dingdian.web import clock
from dingdian.web.config import PUBLIC
from dingdian.web.public import sending, where
from dingdian.web.public.models import (
    Installed,
    PublicCode,
    PublicConsultation,
    PublicInstitution,
    PublicLocality,
    PublicNotice,
    PublicPlan,
    PublicRegion,
    PublicReply,
    PublicSurvey,
)
from dingdian.wiring import shelf

KIND = "edition"
CENSUS, SHELF = "check/census", "check/policy"
_BATCH = 500
#: How many editions stay on the disk: the one shown, and the one before.
_KEPT = 2


def install(path: Path) -> Installed:
    """Verify an edition, unpack it and show it.

    Raises:
        DingdianError: it is refused, or cannot be written; what was shown before stays.
    """
    where.only_at(PUBLIC)
    signed = open_signed(path, KIND, trusted_key(where.exchange()))
    _in_order(signed)
    folder = where.editions() / f"{signed.header.number:06d}-{signed.sha256[:12]}"
    write_folder(Out(folder, force=True, ours=lambda _: True), signed.unpack)
    try:
        installed = _filled(signed, folder)
    except (KeyError, TypeError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        why = f"{type(error).__name__}: {error}"
        raise RequestError((fault("exchange_contents", why=why),)) from error
    except DingdianError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _clear()
    sending.clear(signed.header.facts.get("receipt"))
    return installed


def _in_order(signed: Signed) -> None:
    """Hold that an edition is of this place, and newer than any taken before."""
    place = Path(settings.CONFIG.policy).name
    if signed.header.place != place:
        found = signed.header.place
        raise RequestError((fault("exchange_of_another", found=found, wanted=place),))
    last = Installed.objects.aggregate(most=Max("number"))["most"] or 0
    if signed.header.number <= last:
        number = signed.header.number
        raise RequestError((fault("exchange_older", number=number, known=last),))


def _filled(signed: Signed, folder: Path) -> Installed:
    """The tables filled and the row of the edition added, in one transaction."""
    about = _read(folder, "about.json")
    census = _census(folder, about)
    surveys = _read_newer(folder, "surveys.json")
    rows: list[tuple[type[Model], Iterable[Model]]] = [
        (PublicRegion, list(_regions(census))),
        (PublicInstitution, list(_institutions(_read(folder, "institutions.json")))),
        (PublicLocality, list(_localities(census))),
        (PublicPlan, list(_plans(_read(folder, "plans.json")))),
        (PublicConsultation, list(_consultations(_read(folder, "consultations.json")))),
        (PublicNotice, list(_notices(_read_newer(folder, "notices.json")))),
        (PublicReply, list(_replies(_read_newer(folder, "replies.json")))),
        (PublicSurvey, list(_surveys(surveys))),
        (PublicCode, list(_codes(surveys))),
    ]
    with transaction.atomic():
        _in_order(signed)
        for model, made in rows:
            model._default_manager.all().delete()
            model._default_manager.bulk_create(made, batch_size=_BATCH)
        sending.receipt(signed.header.facts.get("receipt"))
        return Installed.objects.create(
            number=signed.header.number,
            sha256=signed.sha256,
            made_at=dt.datetime.fromisoformat(signed.header.made_at),
            day=dt.date.fromisoformat(signed.header.day),
            installed_at=clock.now(),
            folder=folder.name,
            about=about,
            counts={model._meta.model_name: len(list(made)) for model, made in rows},
        )


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_bytes())


def _read_newer(folder: Path, name: str) -> Any:
    """A part that editions of the release before have not: then there is nothing of it."""
    return _read(folder, name) if (folder / name).is_file() else []


def _census(folder: Path, about: Mapping[str, Any]) -> Census:
    """The census of the pre-check, held with the shelf against the fingerprints of the edition."""
    census = read_census(folder / CENSUS).census
    book, _ = shelf.opened(str(folder / SHELF))
    if census is None or fingerprint(census) != about["census"]:
        raise ValueError("census")
    if book.fingerprint != about["shelf"]:
        raise ValueError("policy")
    return census


def _clear() -> None:
    """Remove the folders of editions that are neither shown nor the one before, and leftovers."""
    kept = set(Installed.objects.values_list("folder", flat=True)[:_KEPT])
    for each in where.editions().iterdir():
        if each.name not in kept:
            shutil.rmtree(each, ignore_errors=True)


def _regions(census: Census) -> Iterator[PublicRegion]:
    tree = census.tree
    for position, code in enumerate(tree.parents):
        yield PublicRegion(
            code=code,
            name=tree.names.get(code, code),
            level=tree.levels.get(code, ""),
            district=tree.county_of(code) or "",
            position=position,
        )


def _localities(census: Census) -> Iterator[PublicLocality]:
    """The localities that have a name and a place."""
    table, at, tree = census.tables["localities"], census.positions("localities"), census.tree
    cells = (table[name].cells() for name in ("code", "name", "region"))
    for row, (code, name, region) in enumerate(zip(*cells, strict=True)):
        if name and at.known[row]:
            yield PublicLocality(
                code=str(code),
                name=str(name),
                region=str(region or ""),
                district=tree.county_of(str(region or "")) or "",
                lon=round(float(at.lon[row]), 6),
                lat=round(float(at.lat[row]), 6),
            )


def _institutions(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicInstitution]:
    names = ("code", "name", "kind", "level", "address", "standing", "district", "lon", "lat")
    for each in rows:
        services = f" {' '.join(each['services'])} " if each["services"] else ""
        yield PublicInstitution(services=services, **{name: each[name] for name in names})


def _day(told: str | None) -> dt.date | None:
    return dt.date.fromisoformat(told) if told else None


def _plans(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicPlan]:
    names = ("title", "number", "year", "fingerprint", "stage", "papers")
    for each in rows:
        yield PublicPlan(
            public_id=each["id"],
            issued_on=dt.date.fromisoformat(each["issued_on"]),
            since=_day(each["since"]),
            through=_day(each["through"]),
            **{name: each[name] for name in names},
        )


def _consultations(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicConsultation]:
    names = ("title", "text", "fingerprint", "papers", "answers")
    for each in rows:
        yield PublicConsultation(
            public_id=each["id"],
            opens=dt.date.fromisoformat(each["opens"]),
            closes=dt.date.fromisoformat(each["closes"]),
            **{name: each[name] for name in names},
        )


def _notices(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicNotice]:
    names = ("name", "kind", "district", "address", "outcome")
    for each in rows:
        yield PublicNotice(
            public_id=each["id"],
            opens=dt.date.fromisoformat(each["opens"]),
            closes=dt.date.fromisoformat(each["closes"]),
            settled_on=_day(each["settled_on"]),
            **{name: each[name] for name in names},
        )


def _replies(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicReply]:
    names = ("digest", "kind", "status", "answer")
    for each in rows:
        day = dt.date.fromisoformat(each["day"])
        yield PublicReply(day=day, **{name: each[name] for name in names})


def _surveys(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicSurvey]:
    for each in rows:
        yield PublicSurvey(
            public_id=each["id"],
            since=dt.date.fromisoformat(each["since"]),
            through=dt.date.fromisoformat(each["through"]),
            **{name: each[name] for name in ("title", "items", "scale")},
        )


def _codes(rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicCode]:
    for each in rows:
        for digest, institution, name in each["codes"]:
            about = {"institution": institution, "name": name}
            yield PublicCode(digest=digest, survey_id=each["id"], **about)
