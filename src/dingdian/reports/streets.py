"""Street files in words: what they hold, what is wrong with them, who joins them."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dingdian.core.errors import Text
from dingdian.core.record import JoinedRecord, StreetsRecord
from dingdian.reports.wording import grouped

if TYPE_CHECKING:
    from dingdian.actions.measure_ways import Ways

#: So many islands are told with their sizes.
TOLD = 5

_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "holds": Text(
            "{file}：{lines} 条道路，{places} 个节点，{pieces} 段；可步行 {walkable} 段（其中只供步行 {footways} 段），可行车 {drivable} 段",
            "{file}: streets {lines}, places {places}, pieces {pieces}; to walk {walkable} (for walking alone {footways}), to drive {drivable}",
        ),
        "fingerprint": Text("路网指纹：{fingerprint}", "fingerprint of the streets: {fingerprint}"),
        "no_footways": Text("没有人行道和小路：步行距离会偏长", "no footways at all: ways on foot come out too long"),
        "islands": Text("步行不通的孤立路段 {n} 处，节点数：{sizes}", "islands that cannot be walked to: {n}; places: {sizes}"),
        "drive_islands": Text("行车不通的孤立路段 {n} 处，节点数：{sizes}", "islands that cannot be driven to: {n}; places: {sizes}"),
        "trapped": Text("单行造成有去无回（或有回无去）的节点 {n} 个", "places that one drives to and not away from, or the other way: {n}"),
        "left_out": Text("不是可通行道路，未计入：{kinds}", "no streets, left out: {kinds}"),
        "closed": Text("既不能步行也不能行车，未计入：{n} 条", "lines that nobody may pass, left out: {n}"),
        "short": Text("有坐标的点不足两个，未计入：{n} 条", "lines with fewer than two places, left out: {n}"),
        "cut": Text("文件中没有坐标的点 {n} 个，道路在此断开（提取范围的边缘）", "corners without a place, where streets break off (the rim of an extract): {n}"),
        "silent": Text("没有写明谁可通行的 {n} 条，按步行、行车、双向均可", "lines that do not say who may pass, taken as open to all both ways: {n}"),
        "unread": Text("写的谁可通行、单行既不是是也不是否，没有采用的 {n} 条", "lines with a word on who may pass, or one-way, that is neither yes nor no and changes nothing: {n}"),
        "repeated": Text("重复的路段 {n} 段，只计一次", "pieces given more than once, counted once: {n}"),
        "empty": Text("两端在同一点的路段 {n} 段，未计入", "pieces between two corners at one place, left out: {n}"),
        "unused": Text("距离：按直线；读入的路网（{file}，指纹 {mark}）没有用到，因为服务圈按规则或口径都是直线", "Distances: straight; the streets read ({file}, fingerprint {mark}) were not used, as every circle is straight by its rule or reading"),
        "ways_walking": Text("沿路网（{file}，指纹 {mark}）步行，只供参考，间距不按此判定；本址离道路 {off} 米：", "Along streets ({file}, fingerprint {mark}) on foot, beside the answer, which does not rest on it; the site is {off} m from its street:"),
        "ways_driving": Text("沿路网（{file}，指纹 {mark}）驾车，只供参考，间距不按此判定；本址离道路 {off} 米：", "Along streets ({file}, fingerprint {mark}) by car, beside the answer, which does not rest on it; the site is {off} m from its street:"),
        "ways_none": Text("沿路网（{file}，指纹 {mark}）：本址离道路500米以上，没有路程", "Along streets ({file}, fingerprint {mark}): the site is over 500 m from every street, so there is no way"),
        "ways_nobody": Text("  附近没有要比较的机构", "  nobody stands near to compare with"),
        "way": Text("  {metres} 米  {code} {name}", "  {metres} m  {code} {name}"),
        "no_way": Text("  没有路通到  {code} {name}", "  no way leads there  {code} {name}"),
        "along_walking": Text("距离：沿路网（{file}，指纹 {mark}）步行，含接入道路的直线", "Distances: along streets ({file}, fingerprint {mark}) on foot, with the straight way to the street"),
        "along_driving": Text("距离：沿路网（{file}，指纹 {mark}）驾车，含接入道路的直线", "Distances: along streets ({file}, fingerprint {mark}) by car, with the straight way to the street"),
        "institutions": Text("机构 {located} 家：离道路500米以上、未接入 {off} 家，接在孤立路段或单行死路上 {aside} 家，接入最远 {farthest} 米", "institutions {located}: over 500 m from every street and not joined {off}, joined to an island or a trap {aside}, farthest from its street {farthest} m"),
        "localities": Text("居民点 {located} 个：离道路500米以上、未接入 {off} 个，接在孤立路段或单行死路上 {aside} 个，接入最远 {farthest} 米", "localities {located}: over 500 m from every street and not joined {off}, joined to an island or a trap {aside}, farthest from its street {farthest} m"),
    }
)  # fmt: skip
#: What is counted and told where it is more than none.
_COUNTED = ("trapped", "closed", "short", "cut", "silent", "unread", "repeated", "empty")


def street_lines(record: StreetsRecord, lang: str) -> Iterator[str]:
    """What a street file holds, and what is wrong with it."""
    counts = ("lines", "places", "pieces", "walkable", "footways", "drivable")
    numbers = {name: grouped(str(getattr(record, name))) for name in counts}
    yield _WORDS["holds"].say(lang, file=record.file, **numbers)
    yield _WORDS["fingerprint"].say(lang, fingerprint=record.fingerprint)
    if not record.footways:
        yield _WORDS["no_footways"].say(lang)
    for name in ("islands", "drive_islands"):
        sizes = getattr(record, name)
        if sizes:
            more = "…" if len(sizes) > TOLD else ""
            shown = ", ".join(map(str, sizes[:TOLD])) + more
            yield _WORDS[name].say(lang, n=len(sizes), sizes=shown)
    if record.left_out:
        kinds = ", ".join(f"{kind} {n}" for kind, n in record.left_out.items())
        yield _WORDS["left_out"].say(lang, kinds=kinds)
    for name in _COUNTED:
        if n := getattr(record, name):
            yield _WORDS[name].say(lang, n=grouped(str(n)))


def distance_lines(record: StreetsRecord, lang: str) -> Iterator[str]:
    """Along what distances were measured, and who could not be joined."""
    mark = record.fingerprint[:12]
    if not record.along:
        yield _WORDS["unused"].say(lang, file=record.file, mark=mark)
        return
    yield _WORDS[f"along_{record.by}"].say(lang, file=record.file, mark=mark)
    yield from joined_lines(record, lang)


def joined_lines(record: StreetsRecord, lang: str) -> Iterator[str]:
    """Who joins the streets, and who could not be joined."""
    for name in ("institutions", "localities"):
        joined: JoinedRecord | None = getattr(record, name)
        if joined is not None:
            numbers = {each: grouped(str(getattr(joined, each))) for each in _JOINED}
            yield _WORDS[name].say(lang, farthest=_up(joined.farthest_mm), **numbers)


def way_lines(ways: Ways, lang: str) -> Iterator[str]:
    """How far it is along streets from a site to those near it."""
    record = ways.streets
    about = {"file": record.file, "mark": record.fingerprint[:12]}
    if ways.off_mm is None:
        yield _WORDS["ways_none"].say(lang, **about)
        return
    yield _WORDS[f"ways_{record.by}"].say(lang, off=_up(ways.off_mm), **about)
    if not ways.to:
        yield _WORDS["ways_nobody"].say(lang)
    for each in ways.to:
        if each.distance_mm is None:
            yield _WORDS["no_way"].say(lang, code=each.code, name=each.name)
        else:
            metres = _up(each.distance_mm)
            yield _WORDS["way"].say(lang, metres=metres, code=each.code, name=each.name)


def ways_json(ways: Ways) -> dict[str, Any]:
    """The same as plain data, in millimetres; ``null`` where no way leads there."""
    return {
        "streets": ways.streets.model_dump(mode="json", exclude_defaults=True),
        "site_off_mm": ways.off_mm,
        "to_mm": {each.code: each.distance_mm for each in ways.to},
    }


def _up(millimetres: int) -> str:
    """Whole metres, rounded up as ways are."""
    return grouped(str(-(-millimetres // 1000)))


_JOINED = ("located", "off", "aside")
