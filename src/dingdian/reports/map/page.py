"""map.html: one file with everything in it, read from the plan's census and its record.

What it shows of districts is the record's own figures; institutions and localities are those
of the GeoJSON maps. It asks for nothing outside itself, and a policy in the page forbids it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dingdian.core.census import Census
from dingdian.core.census.vocabulary import CHOICES, SERVICES
from dingdian.core.plan import Plan
from dingdian.core.record import Record
from dingdian.core.workings import Workings
from dingdian.reports.assets import assets
from dingdian.reports.frame import basis, frame_title, mark_words
from dingdian.reports.geojson import workings_of
from dingdian.reports.map import districts, places
from dingdian.reports.map.packing import STEPS, Plain
from dingdian.reports.map.single import single_page
from dingdian.reports.shading import MAPPED, UNKNOWN
from dingdian.reports.wording import Lang, Words, grouped
from dingdian.reports.words.map import AREA_CLASSES, HEAD, SHOWN

_HERE = Path(__file__).parent
#: Our own scripts in the order in which they stand on the page.
_SCRIPTS = ("decode.js", "earth.js", "world.js", "sheet.js", "panel.js", "main.js")
#: What a fingerprint is shortened to in the foot.
_PRINT = 16


def write_map(plan: Plan, record: Record, lang: Lang = "zh", *, approval: str = "") -> bytes:
    """The page as UTF-8; the same plan, the same bytes. Every name is escaped.

    ``approval`` is the map approval number (审图号); without one that of the census counts.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    words, workings = Words(record, lang), workings_of(plan)
    number = approval or plan.census.about.get("map_approval", "")
    schematic = [words.label(HEAD, "schematic")] if is_schematic(plan.census) else []
    return single_page(
        _HERE / "map.html.j2",
        [_HERE / name for name in _SCRIPTS],
        data=_data(workings, words),
        lang=words.pick("zh-CN", "en"),
        title=words.label(HEAD, "title", title=frame_title(words)),
        basis=basis(words),
        whole_plan=words.label(HEAD, "whole_plan"),
        marks=mark_words(words),
        stamps=[*schematic, *mark_words(words, short=True)],
        notes=list(_notes(plan.census, words, number)),
        no_script=words.label(HEAD, "no_script"),
        empty=words.label(HEAD, "empty"),
        skip_to="tables",
        words={name: words.say_raw(text) for name, text in SHOWN.items()},
    )


def own_script() -> str:
    """Our own scripts, as a page has them that brings Leaflet and the data itself."""
    return "\n".join((_HERE / name).read_text("utf-8") for name in _SCRIPTS)


def _data(workings: Workings, words: Words) -> Plain:
    """What the script of the page reads."""
    return {
        "words": {name: words.say_raw(text) for name, text in SHOWN.items()},
        "steps": STEPS,
        "unknown_fill": UNKNOWN,
        "whole": words.scope(workings.census.tree.root),
        "districts": districts.districts(workings.census, words),
        "measures": districts.measures(words),
        "groups": {name: words.say(text) for name, (text, _) in MAPPED.items()},
        "stocks": places.stocks(workings, words),
        "services": {id: words.term("service", id) for id in SERVICES},
        "terms": {
            name: {id: words.term(choice, id) for id in CHOICES[choice]}
            for name, choice in TERMS.items()
        },
        "classes": {
            "order": places.ORDER,
            "names": {name: words.say(text) for name, text in AREA_CLASSES.items()},
        },
        "institutions": places.institutions(workings),
        "localities": places.localities(workings),
    }


#: Column of a table -> the list of choices whose words the page shows.
TERMS = {"kind": "kind", "level": "level", "standing": "standing", "place": "region_level"}


# -- the foot -------------------------------------------------------------------------


def is_schematic(census: Census) -> bool:
    """Whether a boundary that is drawn says of itself that it is schematic."""
    return any(census.boundaries[code].get("schematic") for code in census.outlines.shapes)


def _notes(census: Census, words: Words, approval: str) -> Iterator[str]:
    """What the foot of the map says."""
    prints = words.record.fingerprints
    if is_schematic(census):
        yield words.label(HEAD, "schematic_why")
    yield words.label(HEAD, "approval" if approval else "no_approval", number=approval)
    if stated := list(_systems(census, words)):
        yield words.label(HEAD, "systems", stated=words.join(stated))
    yield from _missing(census, words)
    yield words.label(
        HEAD,
        "made",
        census=prints.census[:_PRINT],
        shelf=prints.shelf[:_PRINT],
        result=prints.result[:_PRINT],
        engine=words.record.engine,
    )
    leaflet = next(each for each in assets() if each.name == "leaflet.js")
    yield words.label(HEAD, "tools", version=leaflet.version)


def _systems(census: Census, words: Words) -> Iterator[str]:
    """The coordinate systems in which things were stated, with how many of each."""
    found: dict[str, list[str]] = {}
    for table in ("institutions", "localities"):
        for system, rows in census.positions(table).by_system():
            _add(found, words, system.id, (f"stated_{table}", len(rows)))
    drawn = Counter(str(census.boundaries[code]["crs"]) for code in census.outlines.shapes)
    for name, n in sorted(drawn.items()):
        _add(found, words, name, ("stated_boundaries", n))
    for name, what in found.items():
        yield words.label(HEAD, "stated", system=words.term("crs", name), what=words.join(what))


def _add(found: dict[str, list[str]], words: Words, system: str, counted: tuple[str, int]) -> None:
    name, n = counted
    found.setdefault(system, []).append(words.label(HEAD, name, n=grouped(str(n))))


def _missing(census: Census, words: Words) -> Iterator[str]:
    """The districts and points that the map cannot draw."""
    names = [
        words.scope(code)
        for code in words.record.shown("county")
        if code not in census.outlines.shapes
    ]
    if names:
        yield words.label(HEAD, "no_outline", names=words.join(names))
    counts = {t: int((~census.positions(t).known).sum()) for t in ("institutions", "localities")}
    what = [words.label(HEAD, f"stated_{t}", n=grouped(str(n))) for t, n in counts.items() if n]
    if what:
        yield words.label(HEAD, "unlocated", what=words.join(what))
