"""The letterhead of a bureau: who issues, under which number, to whom."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dingdian.core.errors import Fault, Place, RequestError, fault


class Letterhead(BaseModel):
    """The fields of letterhead.yaml; ``{city}`` and ``{year}`` in them are filled in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = "{city}医疗保障局"
    number: str = "×医保〔{year}〕×号"
    addressee: str = "各县（市、区）医疗保障局，各定点医药机构"
    signed_by: str = "{city}医疗保障局"
    signed_on: str = "{year}年×月×日"

    def filled(self, city: str, year: int) -> Letterhead:
        """The letterhead with the city and the year in their places."""
        fields = {
            name: getattr(self, name).replace("{city}", city).replace("{year}", str(year))
            for name in type(self).model_fields
        }
        return Letterhead(**fields)


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
