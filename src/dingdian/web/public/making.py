"""An edition for the public site: gathered from the ledger, the shelf and what was issued; signed.

What an edition says of institutions is named column by column here and in
``actions.reduce_census``: it never holds anything of a person.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from dingdian.actions.reduce_census import reduce_census
from dingdian.actions.take_picture import take_picture
from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.errors import RequestError, fault
from dingdian.core.spacing.stock import STANDING, stock_on
from dingdian.storage.census_write import write_census
from dingdian.storage.exchange_keys import own_key
from dingdian.storage.signed_files import Header, write_signed
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.config import BUREAU
from dingdian.web.public import gathering, where
from dingdian.web.public.map_part import map_part
from dingdian.web.public.models import Edition, Received
from dingdian.web.public.published import consultation_parts, plan_parts
from dingdian.wiring import shelf

KIND = "edition"
#: The folders of the reduced census and of the shelf within an edition.
CENSUS, SHELF = "check/census", "check/policy"
_SHOWN = ("code", "name", "kind", "level", "address", "standing")
Tell = Callable[[str, int, int], None]
Kept = Callable[[Edition], None]
STEPS = (
    gettext_noop("reading the ledger"),
    gettext_noop("gathering the institutions"),
    gettext_noop("gathering the plans"),
    gettext_noop("gathering the consultations"),
    gettext_noop("signing the edition"),
)


def _nothing(*_: object) -> None:
    """Where nobody wants to be told."""


def make_edition(*, by: str, tell: Tell = _nothing, kept: Kept = _nothing) -> Edition:
    """Make the next edition from what holds today, sign it, and put it with those before.

    ``kept`` is called in the transaction in which the edition comes to be.

    Raises:
        DingdianError: the ledger has no census yet, or another edition took the number.
    """
    where.only_at(BUREAU)
    day = clock.today()
    number = next_number()
    parts, counts = gathered(day, tell)
    tell(STEPS[4], 4, len(STEPS))
    made_at = clock.now()
    header = Header(
        kind=KIND,
        number=number,
        made_at=made_at.isoformat(),
        day=day.isoformat(),
        place=bureau.desk().terms.place,
        facts=receipt(),
    )
    where.outgoing().mkdir(parents=True, exist_ok=True)
    fresh = where.outgoing() / f".edition-{secrets.token_hex(4)}.zip"
    try:
        sha256 = write_signed(fresh, header, parts, own_key(where.exchange()))
        edition = Edition(
            number=number,
            day=day,
            made_at=made_at,
            by=by,
            sha256=sha256,
            size=fresh.stat().st_size,
            counts=counts,
        )
        _keep(edition, fresh, kept)
    finally:
        fresh.unlink(missing_ok=True)
    return edition


def _keep(edition: Edition, fresh: Path, kept: Kept) -> None:
    """The row, its note and the file: the row is there only where the file is."""
    user = User.objects.filter(username=edition.by).first()
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
            bureau.note(
                user,
                f"edition:{edition.number}",
                "edition.make",
                sha256=edition.sha256,
                day=edition.day,
                **edition.counts,
            )
            kept(edition)
            fresh.replace(file_of(edition))
    except IntegrityError as error:
        raise RequestError((fault("exchange_busy", number=edition.number),)) from error


def file_of(edition: Edition) -> Path:
    """Where the file of an edition lies."""
    return where.outgoing() / edition.file_name


def next_number() -> int:
    """One more than any edition made here, or that the public site was last seen to show."""
    own = Edition.objects.aggregate(most=Max("number"))["most"] or 0
    shown = Received.objects.aggregate(most=Max("installed"))["most"] or 0
    return max(own, shown) + 1


def receipt() -> dict[str, Any]:
    """The last file of comments that was taken in: its number and digest."""
    last = Received.objects.filter(state=Received.State.TAKEN).order_by("-number").first()
    return {"receipt": {"number": last.number, "sha256": last.sha256}} if last else {}


def gathered(day: dt.date, tell: Tell = _nothing) -> tuple[dict[str, bytes], dict[str, int]]:
    """The parts of an edition of a day by name, and how many of what there are."""
    desk = bureau.desk()
    tell(STEPS[0], 0, len(STEPS))
    census = take_picture(desk.ledger, desk.terms, day).census
    tell(STEPS[1], 1, len(STEPS))
    institutions = shown_institutions(census, day)
    reduced = reduce_census(census, day)
    parts = {
        "institutions.json": _json(institutions),
        "map.json": map_part(reduced, institutions),
        **_folders(reduced),
    }
    tell(STEPS[2], 2, len(STEPS))
    plans, consultations = [], []
    for _, told, files in plan_parts(gathering.issued_plans()):
        plans.append(told)
        parts |= files
    tell(STEPS[3], 3, len(STEPS))
    for _, told, files in consultation_parts(gathering.consultations(day)):
        consultations.append(told)
        parts |= files
    parts["plans.json"], parts["consultations.json"] = _json(plans), _json(consultations)
    notices = [each.told() for each in gathering.notices(day)]
    parts["notices.json"] = _json(notices)
    parts["surveys.json"] = _json(gathering.surveys(day))
    parts["replies.json"] = _json([each.told() for each in gathering.replies()])
    about = _about(reduced, desk) | {"windows": gathering.windows(day)}
    parts["about.json"] = _json(about)
    counts = {
        "institutions": len(institutions),
        "plans": len(plans),
        "consultations": len(consultations),
        "notices": len(notices),
    }
    return parts, counts


def _about(census: Census, desk: Any) -> dict[str, Any]:
    """What the public site says of itself and of the edition."""
    card = desk.terms.book.layers[desk.terms.place].card
    config = settings.CONFIG
    return {
        "city": card.title,
        "taken_on": census.taken_on.isoformat() if census.taken_on else None,
        "invented": census.invented,
        "census": fingerprint(census),
        "shelf": desk.terms.book.fingerprint,
        "map_approval": config.map_approval or census.about.get("map_approval", ""),
        "contact": config.contact,
        "personal_days": config.personal_days,
    }


def shown_institutions(census: Census, day: dt.date) -> list[dict[str, Any]]:
    """The institutions that are designated, or suspended, on a day: what anybody may know."""
    table, tree = census.tables["institutions"], census.tree
    stock, at = stock_on(census, day), census.positions("institutions")
    columns = {name: table[name].cells() for name in _SHOWN}
    regions = table["region"].cells()
    found = []
    for position, row in enumerate(stock.rows.tolist()):
        if stock.standing[position] < 0:
            continue
        open_now = [
            n for n, yes in zip(SERVICES, stock.services.sure[position], strict=True) if yes
        ]
        found.append(
            {
                **{name: str(cells[row] or "") for name, cells in columns.items()},
                "standing": STANDING[stock.standing[position]],
                "services": open_now,
                "region": str(regions[row] or ""),
                "district": tree.county_of(str(regions[row] or "")) or "",
                "lon": round(float(at.lon[row]), 6) if at.known[row] else None,
                "lat": round(float(at.lat[row]), 6) if at.known[row] else None,
            }
        )
    return sorted(found, key=lambda each: each["code"])


def _folders(census: Census) -> Mapping[str, bytes]:
    """The reduced census and the shelf, file by file."""
    with tempfile.TemporaryDirectory(dir=settings.CONFIG.data) as folder:
        root = Path(folder)
        write_census(census, root / CENSUS)
        shelf.write_copy(settings.CONFIG.policy, root / SHELF)
        files = [each for each in sorted(root.rglob("*")) if each.is_file()]
        return {each.relative_to(root).as_posix(): each.read_bytes() for each in files}


def _json(content: Sequence[Any] | Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
