"""The long work of this area."""

from __future__ import annotations

from dingdian.web.jobs.running import Running, handler
from dingdian.web.public.making import make_edition
from dingdian.web.public.models import Edition

#: The kind of the work, which is also what it is about: one edition at a time.
KIND = "edition"


@handler(KIND)
def edition(running: Running) -> None:
    """The next edition for the public site; begun again after a death, it takes the same number."""

    def kept(made: Edition) -> None:
        running.finish(number=made.number, sha256=made.sha256)

    make_edition(by=running.job.by, tell=running.tell, kept=kept)
