"""The network in force: what is measured along it, and how a choice of it is said."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web.papers import path_of
from dingdian.web.streets.models import KEPT, WAYS, Network, State
from dingdian.wiring.streets import StreetFile

if TYPE_CHECKING:
    from dingdian.core import streets


def in_force() -> Network | None:
    """The street network of the bureau; ``None`` where there is none."""
    return Network.objects.filter(state=State.IN_FORCE).first()


class AlongField(forms.ChoiceField):
    """Along what distances are measured: straight, or a way along the network in force."""

    def __init__(self, **more: Any) -> None:
        more = {"label": gettext_lazy("Distances"), "required": False} | more
        super().__init__(choices=[("", gettext_lazy("straight line")), *WAYS], **more)


def offer(form: forms.Form, name: str) -> None:
    """Say in the help of a field which network is in force; without one there is no choice."""
    found = in_force()
    if found is None:
        del form.fields[name]
        return
    said = _("Street network: %(file)s, fingerprint %(mark)s.")
    form.fields[name].help_text = said % {"file": found.name, "mark": found.graph[:12]}


def chosen(by: str) -> dict[str, Any] | None:
    """The network in force and how one goes, as plain data; ``None`` for straight lines."""
    found = in_force() if by else None
    if found is None:
        return None
    return {"network": found.pk, "graph": found.graph, "by": by}


def along_words(said: dict[str, Any] | None) -> str:
    """What was chosen, in words."""
    if not said:
        return _("straight line")
    return f"{dict(WAYS)[said['by']]} · {said['graph'][:12]}"


def file_of(said: dict[str, Any] | None) -> StreetFile | None:
    """The street file that was chosen, also where another one is in force by now.

    Raises:
        RequestError: its file is gone, or is not what was handed in.
    """
    if not said:
        return None
    found = Network.objects.get(pk=said["network"])
    if file_digest(found.path) != found.sha256:
        raise RequestError((fault("streets_changed", path=found.name),))
    return StreetFile(found.path, said["by"], found.name)


@lru_cache(maxsize=2)
def network_of(graph: str, by: str) -> streets.Network:
    """The streets of a fingerprint as one may pass them; read once in a process.

    Raises:
        RequestError: what was kept of them is gone or changed.
    """
    from dingdian.core.streets import By
    from dingdian.core.streets import Network as Passable
    from dingdian.storage.streets_kept import read_kept

    return Passable.of(read_kept(path_of(graph, KEPT), graph), By(by))
