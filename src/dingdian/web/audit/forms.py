"""The form of a verification: heads that were exported before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.core.errors import RequestError, fault
from dingdian.core.journal import journal_mark
from dingdian.web import bureau
from dingdian.web.audit.handlers import JOURNAL, LEDGER
from dingdian.web.errors import fault_lines
from dingdian.wiring import chains

#: A head is a few hundred bytes, and one a month makes a year.
LARGEST, MOST = 10_000, 24


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class HeadsForm(forms.Form):
    """Any number of heads, of the ledger and of the journal."""

    heads = forms.Field(
        label=_("Heads exported before"),
        required=False,
        widget=_Files(attrs={"accept": ".json"}),
        help_text=_(
            "They were kept outside of the system: only they show that an end was cut off."
        ),
    )

    def clean_heads(self) -> dict[str, list[list[Any]]]:
        """The heads by chain.

        Raises:
            ValidationError: a file is no head, or of another ledger.
        """
        mark = bureau.desk().ledger.mark
        names = {mark.id: LEDGER, journal_mark(mark).id: JOURNAL}
        found: dict[str, list[list[Any]]] = {LEDGER: [], JOURNAL: []}
        files = self.files.getlist("heads")
        if len(files) > MOST:
            raise forms.ValidationError(_("These are too many files."))
        for file in files:
            try:
                id, head = chains.read_head(self._text(file), file.name)
                if id not in names:
                    raise RequestError((fault("head_of_another", id=id),))
            except RequestError as error:
                said = [f"{what} · {cure}" for _place, what, cure in fault_lines(error)]
                raise forms.ValidationError(said) from error
            found[names[id]].append([head.entries, head.digest])
        return found

    @staticmethod
    def _text(file: Any) -> str:
        content: bytes = file.read(LARGEST + 1)
        return "" if len(content) > LARGEST else content.decode("utf-8", "replace")
