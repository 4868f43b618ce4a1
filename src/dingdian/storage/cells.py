"""One raw cell of a sheet -> what the census stores, and what is to be said of it.

The fast paths of ``columns`` agree with these functions cell by cell; they are used for the
cells that no fast path takes, once for each distinct value.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from dingdian.core.census.headings import plain
from dingdian.core.census.schema import Field, Kind
from dingdian.core.census.vocabulary import CHOICES, FURTHER, OPEN
from dingdian.core.coordinates.systems import find_system, names_other_datum

Raw = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
Remark = tuple[str, dict[str, object]]
#: What is stored (label, mantissa, ordinal, 0/1, degrees; ``None`` unknown) and the remarks.
Read = tuple[str | int | float | None, tuple[Remark, ...]]

UNKNOWN: Read = (None, ())

#: Texts that stand for nothing.
PLACEHOLDERS = frozenset(
    {"[]", "-", "--", "—", "——", "/", "\\", "null", "none", "nil", "n/a", "na", "nan", "#n/a"}
    | {"不详", "未知", "暂无", "待定", "待补", "空", "缺"}
)

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?")
_MAGNITUDE = re.compile(r"[+-]?[\d.,]+[十百千万亿]+[^\d]*")
_CODE_FLOAT = re.compile(r"\d+\.0+")
_EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?:[ T]0?0:00(:00(\.0+)?)?)?"
)
_LEVEL = re.compile(r"[一二三]级")
_PARTS = re.compile(r"[;；|｜、,，/]+")
# Degrees and minutes, with or without seconds and hemisphere: 41°47′N, 123 25 12, 北纬41度47分.
_SEXAGESIMAL = re.compile(
    r"(?:[NSEW]|[东南西北][经纬])?\s*(\d{1,3})\s*(?:[°˚o度d:\s-]|deg)\s*(\d{1,2}(?:\.\d+)?)\s*"
    r"(?:['′’‘`分m:\s-]\s*(?:(\d{1,2}(?:\.\d+)?)\s*[\"″”'′’秒s]*)?)?\s*(?:[NSEW]|[东南西北][经纬]?)?",
    re.I,
)
#: Numbers of coordinates, degrees or metres, stay below this.
FARTHEST = 1e9
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(367, 109_574)  # 1901-01-01 to 2199-12-31

#: End of a word for a kind of institution that names its type before -> the kind.
_ENDINGS: Mapping[str, str] = {
    "医院": "hospital",
    "诊所": "clinic",
    "门诊部": "outpatient_department",
}

_FLAGS: Mapping[str, int] = {
    **dict.fromkeys(
        ("是", "有", "yes", "y", "true", "t", "1", "√", "✓", "✔", "开通", "已开通", "已签字"), 1
    ),
    **dict.fromkeys(
        (
            "否",
            "无",
            "no",
            "n",
            "false",
            "f",
            "0",
            "×",
            "✗",
            "x",
            "未开通",
            "没有",
            "不是",
            "未签字",
        ),
        0,
    ),
}


def shown(raw: Raw) -> str:
    """A raw cell as a person sees it in the sheet."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e21:
        return str(int(raw))
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        return raw.date().isoformat()
    return raw if isinstance(raw, str) else str(raw)


def read(field: Field, raw: Raw) -> Read:
    """One cell of a field.

    >>> from dingdian.core.census.schema import TABLES
    >>> read(TABLES["populations"]["resident"], "３３,１２７")[0]
    33127
    """
    if raw is None or raw == "" or (isinstance(raw, float) and math.isnan(raw)):
        return UNKNOWN
    if isinstance(raw, str):
        bare = raw.strip("'’‘` \t\r\n\u3000\ufeff\xa0")
        if not bare:
            return UNKNOWN
        if bare.casefold() in PLACEHOLDERS:
            return None, (("placeholder", {"value": bare}),)
    return _READERS[field.kind](field, raw)


def _text(field: Field, raw: Raw) -> Read:
    if not isinstance(raw, str):
        return shown(raw), ()
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    remarks: list[Remark] = []
    if text.startswith("'") and len(text) > 1:
        text = text[1:].strip()
        remarks.append(_normalised(raw, text))
    if text[:1] in "=+-@":
        remarks.append(("formula_like_text", {"value": text}))
    if private := dict.fromkeys(c for c in text if unicodedata.category(c) == "Co"):
        codes = "、".join(f"U+{ord(c):04X}" for c in private)
        remarks.append(("private_character", {"value": text, "codes": codes}))
    return text, tuple(remarks)


def _normalised(raw: Raw, read_as: object) -> Remark:
    return "normalised", {"value": raw, "read": read_as}


def _bare(raw: str) -> str:
    """Text with full-width forms folded and spaces and apostrophes at the ends taken off."""
    return unicodedata.normalize("NFKC", raw).strip("'’‘` \t\r\n\ufeff\xa0")


def _code(field: Field, raw: Raw) -> Read:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if abs(raw) >= 10**15:
            return None, (("code_digits_lost", {"value": raw}),)
        return shown(raw), (("code_from_number", {"value": raw, "read": shown(raw)}),)
    if not isinstance(raw, str):
        return shown(raw), ()
    text = re.sub(r"\s+", "", _bare(raw)) if field.refers or field.name == "code" else _bare(raw)
    if _CODE_FLOAT.fullmatch(text):
        whole = text.partition(".")[0]
        return whole, (("code_from_number", {"value": raw, "read": whole}),)
    if _EXPONENT.fullmatch(text) and field.name in ("code", "uscc", "institution"):
        return None, (("code_digits_lost", {"value": raw}),)
    return text, () if text == raw else (_normalised(raw, text),)


@cache
def spellings(choice: str) -> Mapping[str, str]:
    """Every accepted spelling of a choice -> its identifier."""
    found: dict[str, str] = {}
    terms = CHOICES[choice].values()
    for words in ([(t.id, t.zh, t.en) for t in terms], [t.also for t in terms]):
        for term, its in zip(terms, words, strict=True):
            for word in its:
                found.setdefault(plain(word), term.id)
    return found


def _choice(field: Field, raw: Raw) -> Read:
    if field.choice == "crs" and (system := find_system(shown(raw))):
        return system.id, ()
    known = spellings(field.choice)
    text = plain(shown(raw).strip("'’‘` "))
    if text in known:
        return known[text], ()
    value = shown(raw).strip()
    remarks: list[Remark] = []
    if field.choice == "kind" and (found := _kind_with_type(text)):
        kind, its = found
        told = {"value": value, "read": CHOICES["kind"][kind].zh, "type": CHOICES["type"][its].zh}
        return kind, (("type_inside_kind", dict(told)),)
    if field.choice == "type" and _LEVEL.search(text):
        remarks.append(("level_inside_type", {"value": value}))
    parts = [part for part in _PARTS.split(text) if part]
    inside = sorted({known[part] for part in parts if part in known})
    if len(parts) > 1 and len(inside) == 1:
        zh = CHOICES[field.choice][inside[0]].zh
        remarks.append(("choice_inside_text", {"value": value, "read": zh}))
        return inside[0], tuple(remarks)
    kind = "several_choices" if len(inside) > 1 else "unknown_choice"
    if field.choice == "crs" and names_other_datum(shown(raw)):
        kind = "crs_other_datum"
    terms = [*CHOICES[field.choice].values(), *filter(None, [OPEN.get(field.choice)])]
    offered = "、".join(term.zh for term in terms)
    if re.fullmatch(FURTHER.get(field.choice, r"(?!)"), value):
        return value, (("unlisted_word", {"value": value, "choices": offered}),)
    return None, ((kind, {"value": value, "choices": offered}), *remarks)


def _kind_with_type(text: str) -> tuple[str, str] | None:
    """The kind and the type that one word names, such as 综合医院 or 口腔诊所."""
    types = spellings("type")
    for ending, kind in _ENDINGS.items():
        stem = text.removesuffix(ending)
        if stem != text and (its := types.get(stem) or types.get(text)):
            return kind, its
    return None


def _flag(field: Field, raw: Raw) -> Read:
    text = plain(shown(raw).strip("'’‘` "))
    if text in _FLAGS:
        return _FLAGS[text], ()
    return None, (("not_a_flag", {"value": shown(raw)}),)


def _of_float(raw: float, scale: int) -> Decimal | None:
    """The decimal that a float stands for; spreadsheets keep 15 digits, the rest is noise."""
    if abs(raw) >= 1e300:
        return None
    shortest, fifteen = Decimal(repr(raw)), Decimal(f"{raw:.15g}")
    whole = fifteen.scaleb(scale)
    noisy = shortest.scaleb(scale) % 1 and whole == whole.to_integral_value()
    return fifteen if noisy else shortest


def _decimal(raw: Raw, scale: int) -> tuple[Decimal | None, tuple[Remark, ...]]:
    """An exact number from a cell."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _of_float(raw, scale), ()
    if not isinstance(raw, str):
        return None, (("not_a_number", {"value": shown(raw)}),)
    text = _bare(raw).replace(" ", "").replace("−", "-")
    digits = text.removesuffix("%")
    if _MAGNITUDE.fullmatch(text):
        return None, (("magnitude_suffix", {"value": raw}),)
    if not _NUMBER.fullmatch(digits) or not any(c.isdigit() for c in digits):
        return None, (("not_a_number", {"value": raw}),)
    number = Decimal(digits.replace(",", ""))
    if digits != text:
        number = number / 100
    same = raw == text and "," not in text and digits == text
    return number, () if same else (_normalised(raw, f"{number:f}"),)


def _number(field: Field, raw: Raw) -> Read:
    number, remarks = _decimal(raw, field.scale)
    if number is None:
        return None, remarks or (("number_too_large", {"value": shown(raw)}),)
    if number.adjusted() + field.scale >= 18:
        return None, (("number_too_large", {"value": shown(raw)}),)
    if number < 0 and not field.signed:
        return None, (("negative", {"value": shown(raw)}),)
    scaled = number.scaleb(field.scale)
    rounded = scaled.to_integral_value(ROUND_HALF_EVEN)
    if rounded == scaled:
        return int(rounded), remarks
    if not field.scale:
        return None, (("not_whole", {"value": shown(raw)}),)
    kept = f"{rounded.scaleb(-field.scale):f}"
    rounding = {"value": shown(raw), "places": field.scale, "read": kept}
    return int(rounded), (*remarks, ("too_many_decimals", rounding))


def _degree(field: Field, raw: Raw) -> Read:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        fits = abs(raw) < FARTHEST
        return (float(raw), ()) if fits else (None, (("not_a_degree", {"value": raw}),))
    text = _bare(raw).removesuffix("°") if isinstance(raw, str) else ""
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d*)?(e-\d+)?", text):
        return None, (_sexagesimal(text) or ("not_a_degree", {"value": shown(raw)}),)
    return float(text), () if text == raw else (_normalised(raw, text),)


def _sexagesimal(text: str) -> Remark | None:
    """What is said of degrees and minutes: never read, but what they would come to is named."""
    found = _SEXAGESIMAL.fullmatch(text)
    if found is None:
        return None
    degrees, minutes, seconds = int(found[1]), Decimal(found[2]), Decimal(found[3] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    read_as = degrees + minutes / 60 + seconds / 3600
    return "degrees_minutes", {"value": text, "read": f"{read_as:.6f}"}


def _day(field: Field, raw: Raw) -> Read:
    if isinstance(raw, dt.date):
        return raw.toordinal(), ()
    wrong: Read = (None, (("not_a_day", {"value": shown(raw)}),))
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return wrong
    text = shown(raw) if not isinstance(raw, str) else _bare(raw)
    found = _DAY.fullmatch(text)
    if found:
        year, month, day, month2, day2 = found.group(1, 2, 3, 4, 5)
        try:
            return dt.date(int(year), int(month or month2), int(day or day2)).toordinal(), ()
        except ValueError:
            return wrong
    if text.isdecimal() and len(text) <= 6 and int(text) in _SERIALS and int(text) > 9999:
        read_as = _EPOCH + dt.timedelta(int(text))
        serial: dict[str, object] = {"value": text, "read": read_as.isoformat()}
        return read_as.toordinal(), (("serial_day", serial),)
    return wrong


_READERS = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.DEGREE: _degree,
}
