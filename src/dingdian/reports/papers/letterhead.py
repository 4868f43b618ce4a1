"""The letterhead of a bureau: who issues, under which number, to whom."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from dingdian.core.errors import Fault, Place, RequestError, fault


class Numbers(BaseModel):
    """How notices of each kind are numbered; ``{n}`` counts them in their year from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    acceptance: str = "{city}医保受理〔{year}〕{n}号"
    supplement: str = "{city}医保补正〔{year}〕{n}号"
    refusal: str = "{city}医保不予〔{year}〕{n}号"
    evaluation_papers: str = "{city}医保评补〔{year}〕{n}号"
    evaluation_failed: str = "{city}医保评估〔{year}〕{n}号"
    public_notice: str = "{city}医保公示〔{year}〕{n}号"
    agreement: str = "{city}医保协议〔{year}〕{n}号"
    trial_result: str = "{city}医保试运行〔{year}〕{n}号"
    rectification: str = "{city}医保整改〔{year}〕{n}号"
    appeal_answer: str = "{city}医保申诉〔{year}〕{n}号"
    suspension: str = "{city}医保中止〔{year}〕{n}号"
    resumption_refusal: str = "{city}医保不恢复〔{year}〕{n}号"
    non_renewal: str = "{city}医保不续签〔{year}〕{n}号"
    expiry: str = "{city}医保到期〔{year}〕{n}号"
    termination: str = "{city}医保解除〔{year}〕{n}号"
    closure: str = "{city}医保关闭〔{year}〕{n}号"
    assessment: str = "{city}医保考核〔{year}〕{n}号"

    @field_validator("*")
    @classmethod
    def _tells_apart(cls, pattern: str) -> str:
        if "{n}" not in pattern or "{year}" not in pattern:
            raise ValueError("须含 {year} 和 {n} · has to hold {year} and {n}")
        return pattern


class Letterhead(BaseModel):
    """The fields of letterhead.yaml; ``{city}`` and ``{year}`` in them are filled in.

    ``agency`` is in whose name the agency's notices go out, ``numbers`` how notices are numbered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = "{city}医疗保障局"
    number: str = "×医保〔{year}〕×号"
    addressee: str = "各县（市、区）医疗保障局，各定点医药机构"
    signed_by: str = "{city}医疗保障局"
    signed_on: str = "{year}年×月×日"
    agency: str = "{city}医疗保障经办机构"
    numbers: Numbers = Numbers()

    def filled(self, city: str, year: int) -> Letterhead:
        """The letterhead with the city and the year in their places."""
        fields = {
            name: text.replace("{city}", city).replace("{year}", str(year))
            for name in type(self).model_fields
            if isinstance(text := getattr(self, name), str)
        }
        return self.model_copy(update=fields)


def read_letterhead(path: Path) -> Letterhead:
    """Read a letterhead; every fault of it is told at once.

    Raises:
        RequestError: it is no YAML, or has a field that there is not.
    """
    try:
        found = yaml.safe_load(path.read_text("utf-8")) or {}
        return Letterhead.model_validate(found)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RequestError((_fault(path, "", str(error)),)) from error
    except ValidationError as error:
        told = error.errors(include_url=False)
        raise RequestError(
            tuple(_fault(path, ".".join(map(str, each["loc"])), each["msg"]) for each in told)
        ) from error


def _fault(path: Path, field: str, why: str) -> Fault:
    known = "、".join(Letterhead.model_fields)
    return fault("letterhead_wrong", Place(path.name, column=field), why=why, known=known)
