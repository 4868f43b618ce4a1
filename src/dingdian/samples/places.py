"""The real public figures that the samples stand on: region codes, census, areas, centres.

Sources:
    Codes and names: statistical region codes (统计用区划代码), National Bureau of Statistics.
    Populations: 第七次全国人口普查 (2020), county table: total, urban and rural residents,
        residents of 60, 65 and 80 and over; the share of 0-14 is printed with two decimals,
        so ``aged_0_14`` is that share times the total, rounded.
    Areas: the county table of the public data package mapchina, km².
    The plan's own totals (8.3万 km², 33.56万 insured, 41 and 171 units): the draft plan of
        大兴安岭 (DX-01, DX-02); they stand in ``dx/regions.py``.
    Centres: rough positions of the seats of government, degrees, two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """A county-level unit with its public figures; persons of the 2020 census."""

    code: str
    name: str
    resident: int
    rural: int
    share_0_14: str
    aged_60: int
    aged_65: int
    aged_80: int
    area_km2: str
    centre: tuple[float, float]

    @property
    def urban(self) -> int:
        """Urban residents (城镇人口)."""
        return self.resident - self.rural

    @property
    def aged_0_14(self) -> int:
        """Residents of 0-14: the printed share in per cent times the total, rounded."""
        return round(self.resident * Fraction(self.share_0_14) / 100)


def _places(table: str) -> tuple[Place, ...]:
    """A place a line: code, name, resident, rural, share 0-14, 60+, 65+, 80+, km², lon, lat."""
    return tuple(_place(*line.split()) for line in table.strip().splitlines())


def _place(code: str, name: str, *cells: str) -> Place:
    resident, rural, share, aged_60, aged_65, aged_80, area, lon, lat = cells
    return Place(
        code,
        name,
        resident=int(resident),
        rural=int(rural),
        share_0_14=share,
        aged_60=int(aged_60),
        aged_65=int(aged_65),
        aged_80=int(aged_80),
        area_km2=area,
        centre=(float(lon), float(lat)),
    )


DAXINGANLING = _places("""
232701 漠河市 54036 576 8.1 10534 6982 1232 18427.69 122.54 52.97
232721 呼玛县 36362 13163 9.96 8325 5533 831 14204.66 126.65 51.73
232722 塔河县 51056 3115 6.99 12011 8701 1569 14061.82 124.71 52.34
232761 加格达奇区 137105 3315 8.96 33372 23121 4138 1358.58 124.12 50.42
232762 松岭区 15996 1124 4.69 4091 3073 509 16801.78 124.19 50.98
232763 新林区 20362 0 4.95 4973 3785 672 8702.71 124.40 51.67
232764 呼中区 16359 0 5.44 4086 3081 441 9371.55 123.60 52.03
""")

SHENYANG = _places("""
210102 和平区 730785 0 13.89 162608 107618 25600 60 123.39 41.76
210103 沈河区 782628 0 11.27 196364 131562 28410 58 123.46 41.79
210104 大东区 754952 0 9.88 203773 132464 28798 100 123.50 41.84
210105 皇姑区 877287 0 12.01 219374 145919 33458 66 123.41 41.84
210106 铁西区 1335935 11958 11.89 315670 202510 42397 284 123.33 41.80
210111 苏家屯区 524336 121281 9.94 129021 87171 14040 782 123.34 41.66
210112 浑南区 798765 123984 12.45 141178 92202 14918 733 123.55 41.72
210113 沈北新区 619375 128086 9.66 106305 71443 11106 889 123.53 42.05
210114 于洪区 1066062 78458 12.29 214559 138806 23515 499 123.25 41.88
210115 辽中区 395017 192055 9.75 105969 72962 9672 1645 122.75 41.51
210123 康平县 278384 183646 11.56 68029 47378 7043 2167 123.35 42.75
210124 法库县 340933 217394 9.91 94051 66104 8633 2281 123.41 42.50
210181 新民市 565634 347593 10.28 151230 107107 13817 3296 122.83 41.99
""")
