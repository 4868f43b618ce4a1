"""Processes that are made of this one: what it has loaded needs no loading again."""

import os
import traceback


def together(*does):
    """Do several things at one moment, each in a process of its own.

    Gives back the exit code of each (-9: it was killed) and what it returned, as text; the
    connections to the database are closed before, so that each opens its own.
    """
    from django.db import connections

    connections.close_all()
    waits, begin = os.pipe()
    children = [_child(each, waits, begin) for each in does]
    os.close(waits)
    os.close(begin)  # now they begin
    found = []
    for pid, read in children:
        with os.fdopen(read, "rb") as file:
            said = file.read().decode()
        found.append((os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said))
    return found


def _child(does, waits, begin):
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    code = 1
    try:
        os.close(begin)
        os.read(waits, 1)
        os.write(write, str(does()).encode())
        code = 0
    except BaseException:  # noqa: BLE001 -- told by its code, whatever it was
        traceback.print_exc()
    finally:
        os._exit(code)
