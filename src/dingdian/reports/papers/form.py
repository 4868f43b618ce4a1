"""The form of an official document (GB/T 9704-2012): its styles and its page.

One table serves both faces of a paper: the styles of the Word template are made from it, and a
PDF is typeset by it. A paragraph belongs to the style whose name it carries in Word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Face = Literal["song", "hei", "kai", "fangsong", "title"]
Align = Literal["left", "center", "right", "both"]

#: Face -> the name that Word looks for; the reader's computer supplies it or a like one.
FACES: Mapping[Face, str] = MappingProxyType(
    {
        "song": "宋体",
        "hei": "黑体",
        "kai": "楷体_GB2312",
        "fangsong": "仿宋_GB2312",
        "title": "方正小标宋简体",
    }
)


@dataclass(frozen=True, slots=True)
class Style:
    """A style: ``mark`` begins a line of a template's text, ``name`` is seen in Word.

    ``size`` in points (二号 22, 三号 16, 四号 14, 小五 9), ``indent`` of the first line in
    characters, ``outline`` the level of a heading (0: none).
    """

    id: str
    mark: str
    name: str
    face: Face = "fangsong"
    size: float = 16
    align: Align = "both"
    indent: int = 0
    outline: int = 0
    red: bool = False
    keep: bool = False


STYLES: tuple[Style, ...] = (
    Style("body", "", "公文正文", indent=2),
    Style("head", "=", "发文机关标志", "title", 32, "center", red=True),
    Style("number", "№", "发文字号", align="center"),
    Style("title", "#", "公文标题", "title", 22, "center", keep=True),
    Style("addressee", "@", "主送机关", align="left"),
    Style("level1", "##", "公文一级标题", "hei", indent=2, outline=1, keep=True),
    Style("level2", "###", "公文二级标题", "kai", indent=2, outline=2, keep=True),
    Style("level3", "####", "公文三级标题", indent=2, outline=3),
    Style("annexes", "~", "附件说明", align="left", indent=2),
    Style("signature", ">", "署名和日期", align="right", keep=True),
    Style("annex", "<", "附件序号", "hei", 16, "left", keep=True),
    Style("small", "..", "附注", "song", 9, "both"),
    Style("caption", "^", "图表标题", "hei", 10.5, "center", keep=True),
    Style("specimen", "¤", "样张标记", "hei", 16, "center", red=True, keep=True),
    Style("picture", "!", "图", "song", 9, "center", keep=True),
)
BY_MARK: Mapping[str, Style] = MappingProxyType({each.mark: each for each in STYLES})
BY_NAME: Mapping[str, Style] = MappingProxyType({each.name: each for each in STYLES})
BY_ID: Mapping[str, Style] = MappingProxyType({each.id: each for each in STYLES})

#: Millimetres: the sheet, the margins, and what they leave for the text (版心).
SHEET = (210.0, 297.0)
TOP, LEFT = 37.0, 28.0
TEXT = (156.0, 225.0)
#: Margin on the four sides of a sheet that lies on its side, for wide annex tables.
FLAT = 25.0
#: So many lines a page and characters a line.
LINES, CHARACTERS = 22, 28
BODY = BY_ID["body"].size
#: Points from one line of text to the next, and from one character to the next.
PITCH = TEXT[1] / LINES * 72 / 25.4
ADVANCE = TEXT[0] / CHARACTERS * 72 / 25.4
#: Text of an annex table, in points.
CELL = 9.0
