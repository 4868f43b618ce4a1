"""The columns of a file of applicants: those of institutions, and what an application adds."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dataclasses import replace

from dingdian.core.census.meanings import meaning
from dingdian.core.census.schema import INSTITUTIONS, Field, Kind, TableSchema
from dingdian.core.census.vocabulary import SERVICES

#: Flags of an institution that an exemption may name.
FLAGS = tuple(f.name for f in INSTITUTIONS if f.kind is Kind.FLAG and f.name not in SERVICES)


def as_applied(name: str, *, required: bool = False, filled: bool = False) -> Field:
    """A column of the institutions as applicants have it."""
    told = meaning(INSTITUTIONS, INSTITUTIONS[name])
    return replace(INSTITUTIONS[name], required=required, filled=filled, refers="", meaning_zh=told)


APPLICANTS = TableSchema("applicants", "申请", "applicants", "The applicants of one round: where each would stand, with which services.", (
    Field("code", "申请编号", "application id", Kind.CODE, "any text that is unique in the round", "SQ2026001", required=True, filled=True, also=("编号", "申请号", "id"), meaning_zh="申请的编号，在批次中不重复"),
    replace(as_applied("name"), meaning="name of the applicant", meaning_zh="申请机构的名称"),
    Field("institution", "医保机构代码", "institution code", Kind.CODE, "code that the institution has in the census already; empty for a new one", "H21010200001", also=("fixmedins_code", "机构编码"), meaning_zh="机构在台账中已有的医保机构代码；新机构留空"),
    as_applied("kind", required=True, filled=True),
    as_applied("ownership"),
    as_applied("type"),
    as_applied("region"),
    as_applied("address"),
    as_applied("lon", required=True),
    as_applied("lat", required=True),
    as_applied("crs", required=True),
    as_applied("position_error_m"),
    Field("services", "服务类型", "services", Kind.TEXT, "services asked for, as a list; or one column 是/否 for each", "门诊统筹、个人账户", also=("医保服务类型", "申请服务"), meaning_zh="申请的服务类型，用顿号隔开；也可每项一列填 是/否"),
    *(as_applied(name) for name in SERVICES),
    Field("rank", "排序", "rank", Kind.NUMBER, "place in the ranking of the round, 1 first; empty while it is not ranked", "1", also=("名次", "排名"), meaning_zh="在批次中的名次，1 为第一；未排序的留空"),
    Field("moved", "是否迁址", "moved", Kind.FLAG, "whether an institution of the census moves here", "否", also=("迁址",), meaning_zh="是否台账中的机构迁入此处"),
    *(as_applied(name) for name in FLAGS),
), ("code",), required=True)  # fmt: skip

#: Points that somebody proposes: as applicants, but what they leave open is that of the question.
CANDIDATES = replace(
    APPLICANTS,
    name="candidates",
    zh="候选点",
    en="candidates",
    meaning="Points where a new one might stand.",
    fields=tuple(as_applied("kind") if each.name == "kind" else each for each in APPLICANTS),
)
