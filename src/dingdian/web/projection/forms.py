"""What is asked about the years ahead."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.core.errors import CensusError, RequestError
from dingdian.storage.scenarios_read import HEADS, read_groups, read_scenarios
from dingdian.web.bureau import lang
from dingdian.web.errors import fault_lines
from dingdian.web.plans import making
from dingdian.web.plans.models import Plan

#: No file of scenarios or of age groups comes near this.
LARGEST = 2_000_000
MOST_RUNS = 1_000


class ProjectionForm(forms.Form):
    """From which plan, how far, how often, and what is assumed."""

    plan = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=Plan.objects.order_by("-year", "-pk"),
        help_text=_("It starts from the stock of its year."),
    )
    through = forms.IntegerField(label=_("Last year"), min_value=1950, max_value=2100)
    scenarios = forms.FileField(
        label=_("Scenarios (YAML)"),
        required=False,
        help_text=_("What is assumed; without a file nothing changes."),
    )
    cohorts = forms.FileField(
        label=_("Age groups (xlsx, csv)"),
        required=False,
        help_text=_("Residents by district and age; without them ageing is not projected."),
    )
    runs = forms.IntegerField(label=_("Runs"), initial=200, min_value=1, max_value=MOST_RUNS)
    seed = forms.IntegerField(
        label=pgettext_lazy("projection", "Seed"), initial=1, min_value=0, max_value=2**31 - 1
    )

    def clean_scenarios(self) -> str:
        """The file as text, where it can be read as scenarios."""
        found: UploadedFile | None = self.cleaned_data["scenarios"]
        if found is None:
            return ""
        content = _content(found)
        try:
            read_scenarios(found.name or "", content)
        except RequestError as error:
            raise _refused(error) from error
        return content.decode("utf-8-sig")

    def clean_cohorts(self) -> str:
        """The table as csv in the documented columns, where it can be read."""
        found: UploadedFile | None = self.cleaned_data["cohorts"]
        if found is None:
            return ""
        with tempfile.TemporaryDirectory() as below:
            path = Path(below) / f"cohorts{Path(found.name or '').suffix.lower()}"
            path.write_bytes(_content(found))
            try:
                groups = read_groups(path)
            except (CensusError, RequestError) as error:
                raise _refused(error) from error
        heads = ",".join(known[0] for known in HEADS.values())
        last = ("" if each.last is None else str(each.last) for each in groups)
        rows = [f"{e.district},{e.first},{n},{e.people}" for e, n in zip(groups, last, strict=True)]
        return "\n".join([heads, *rows]) + "\n"

    def clean(self) -> dict[str, Any]:
        """Not to a year before that of the plan."""
        found: dict[str, Any] = self.cleaned_data
        plan, through = found.get("plan"), found.get("through")
        if plan and through and through < plan.year:
            self.add_error("through", _("It comes before the year of the plan."))
        return found

    def given(self) -> dict[str, Any]:
        """What the work is asked with, as plain data."""
        found = self.cleaned_data
        plan = found["plan"]
        return {
            "plan": plan.pk,
            "year": plan.year,
            "as_of": making.census_day(plan.year).isoformat(),
            "submissions": True,
            "lang": lang(),
            **{name: found[name] for name in ("through", "runs", "seed", "scenarios", "cohorts")},
        }


def _content(found: UploadedFile) -> bytes:
    if (found.size or 0) > LARGEST:
        raise forms.ValidationError(_("The file is larger than any that is meant here (2 MB)."))
    return bytes(found.read())


def _refused(error: CensusError | RequestError) -> forms.ValidationError:
    """Every fault of a file, a line each."""
    told = [" ".join(filter(None, line)) for line in fault_lines(error)]
    return forms.ValidationError([forms.ValidationError(each) for each in told])
