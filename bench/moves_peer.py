"""The peers of ``bench.moves``: a stage that moves, with a row that says so, in one transaction.

Runs with a Python of its own: ``moves_peer.py fsm|viewflow FILE CASES`` makes the six stages of
every case and prints moves a second. SQLite is set as ours is. Neither chains its rows, checks a
date or knows a rule; django-viewflow is AGPL, and nothing of ours is ever linked with it.
"""

import sys
import time
from itertools import pairwise

import django
from django.conf import settings

LIBRARY, FILE, CASES = sys.argv[1], sys.argv[2], int(sys.argv[3])
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FILE,
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                "transaction_mode": "IMMEDIATE",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[],
    USE_TZ=True,
)
django.setup()

from django.db import connection, models, transaction  # noqa: E402

STAGES = ("none", "applied", "supplementing", "answered", "evaluating", "qualified", "notice")


class Life(models.Model):
    """A case at its stage."""

    name = models.TextField(unique=True)
    stage = models.TextField(default="none")

    class Meta:
        app_label = "peer"


class Log(models.Model):
    """That it moved."""

    life = models.ForeignKey(Life, models.PROTECT)
    source = models.TextField()
    target = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.TextField()
    reason = models.TextField()

    class Meta:
        app_label = "peer"


def fsm_move(name, source, target):
    """One move of django-fsm-2."""
    life = Fsm.objects.select_for_update().get(name=name)
    getattr(life, f"to_{target}")()
    life.save()
    return life


def viewflow_move(name, source, target):
    """One move of the state machine of django-viewflow."""
    life = Life.objects.select_for_update().get(name=name)
    getattr(Flow(life), f"to_{target}")()
    life.save()
    return life


if LIBRARY == "fsm":
    from django_fsm import FSMField, transition

    def _transition(source, target):
        @transition(field="stage", source=source, target=target)
        def move(self):
            """Nothing more."""

        move.__name__ = f"to_{target}"
        return move

    class Meta:
        """The same table, its stage guarded."""

        app_label = "peer"
        db_table = "peer_life"
        managed = False

    _body = {f"to_{t}": _transition(s, t) for s, t in pairwise(STAGES)}
    _body |= {"__module__": __name__, "Meta": Meta}
    _body |= {"name": models.TextField(), "stage": FSMField(default="none", protected=True)}
    Fsm = type("Fsm", (models.Model,), _body)
    MOVE = fsm_move
else:
    from viewflow.fsm import State

    class Flow:
        """A flow over a case."""

        stage = State(STAGES, default="none")

        def __init__(self, life):
            self.life = life

        @stage.setter()
        def _set(self, value):
            self.life.stage = value

        @stage.getter()
        def _get(self):
            return self.life.stage

        for _source, _target in pairwise(STAGES):

            @stage.transition(source=_source, target=_target)
            def _move(self):
                """Nothing more."""

            locals()[f"to_{_target}"] = _move

    MOVE = viewflow_move


def main():
    """Make the tables and move every case through its stages."""
    with connection.schema_editor() as editor:
        editor.create_model(Life)
        editor.create_model(Log)
    started = time.perf_counter()
    for source, target in pairwise(STAGES):
        for number in range(CASES):
            name = f"SY2026-{number:05d}"
            with transaction.atomic():
                if source == "none":
                    Life.objects.create(name=name)
                life = MOVE(name, source, target)
                Log.objects.create(
                    life_id=life.pk, source=source, target=target, by="li", reason="第一批"
                )
    print(CASES * (len(STAGES) - 1) / (time.perf_counter() - started))


main()
