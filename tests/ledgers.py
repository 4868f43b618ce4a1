"""Ledgers on disk for tests: a small sound census as csv text, with parts replaced."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from dingdian.core.errors import Fault
from dingdian.storage.census_files import Reading, read_census

CODES = ("H21010200001", "H21010300002", "P21010200003")
#: A sound census: no check and no reading finds anything in it.
SOUND: Mapping[str, str] = {
    "about": "item,value\ncity,示例市\ntaken_on,2025-12-31\n",
    "regions": (
        "code,name,parent,level,area_km2\n"
        "210100,示例市,,地级,100\n"
        "210102,甲区,210100,区县,60\n"
        "210103,乙县,210100,区县,40\n"
    ),
    "populations": (
        "region,year,resident,insured_employee,insured_resident\n"
        "210102,2024,600,300,200\n"
        "210103,2024,400,100,200\n"
    ),
    "institutions": (
        "code,name,uscc,kind,region,lon,lat,crs,standing,inpatient\n"
        f"{CODES[0]},甲医院,91350100M000100Y43,医院,210102,123.4,41.8,WGS84,正常,是\n"
        f"{CODES[1]},乙诊所,,诊所,210103,123.6,41.8,WGS84,正常,否\n"
        f"{CODES[2]},丙药店,,零售药店,210102,123.41,41.81,WGS84,正常,否\n"
    ),
    "beds": f"institution,bed_class,approved,open,contracted\n{CODES[0]},普通,50,50,40\n",
}


def ledger(folder: Path, **replaced: str | bytes | None) -> Path:
    """Write the sound census with some tables replaced (``None``: left out)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**SOUND, **replaced}.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(data)
    return folder


def read(folder: Path, **replaced: str | bytes | None) -> Reading:
    """Write a ledger and read it."""
    return read_census(ledger(folder, **replaced))


def kinds(faults: tuple[Fault, ...]) -> Counter[str]:
    """How many faults of each kind."""
    return Counter(each.kind for each in faults)


def places(faults: tuple[Fault, ...], kind: str) -> list[str]:
    """Where the faults of a kind stand, as text."""
    return [str(each.place) for each in faults if each.kind == kind]
