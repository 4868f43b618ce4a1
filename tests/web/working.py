"""A worker as a process, with handlers of the tests: ``working.py work|ask|cancel …``.

Each piece of work writes a line into ``runs`` beside the configuration when it begins.
"""

import os
import sys
import time
from pathlib import Path

from dingdian.web.setting_up import start_django

CONFIG = Path(os.environ["DINGDIAN_CONFIG"])


def main(words):
    start_django()
    from django.db import transaction

    from dingdian.web.jobs import running

    def begin(one):
        with (CONFIG.parent / "runs").open("a") as file:
            file.write(f"{one.job.pk}\n")

    @running.handler("count")
    def count(one):
        begin(one)
        steps = one.given.get("steps", 1)
        for done in range(steps):
            one.tell("counting", done, steps)
            time.sleep(one.given.get("pause", 0))
        return {"counted": steps}

    @running.handler("hold")
    def hold(one):
        """Holds the database, as a large import does, and says at the end that it is done."""
        from dingdian.web.jobs.models import Job

        begin(one)
        with transaction.atomic():
            Job.objects.filter(pk=one.job.pk).update(total=7)
            time.sleep(one.given["seconds"])
            one.finish(held=one.given["seconds"])

    if words[0] == "ask":
        with (CONFIG.parent / "go").open() as _:
            print(running.ask("count", words[1], by="li", steps=1).pk)  # noqa: T201
    elif words[0] == "cancel":
        from dingdian.web.jobs.models import Job

        running.cancel(Job.objects.get(pk=int(words[1])))
    else:
        running.SILENCE = 3.0
        running.work_until_told(once="--once" in words)


if __name__ == "__main__":
    main(sys.argv[1:])
