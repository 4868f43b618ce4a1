"""Run the tests of the pages once more, on a PostgreSQL server that is thrown away after.

``python -m tools.on_postgres WORDS…``: more words for pytest. Its exit code is pytest's. What
starts processes of its own names its databases itself and is not run again.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools.postgres import server

#: Tests of pages that hold on any database, in this process.
WHICH = ["tests/web", "-m", "not browser and not slow and not postgresql"]
#: What is refused before anything is read says nothing of a database, and is long.
REFUSED = "test_every_address.py::test_a_role_without_the_right_is_refused_and_changes_nothing"

#: What pytest ends with where the words choose no test.
NONE_CHOSEN = 5


def main() -> int:
    with server("fsync=off", "max_connections=60") as url:
        command = [sys.executable, "-m", "pytest", *WHICH, f"--deselect=tests/web/{REFUSED}"]
        command += sys.argv[1:]
        given = {**os.environ, "DINGDIAN_WEB_POSTGRES": url}
        code = subprocess.run(command, env=given, check=False).returncode
    return 0 if code == NONE_CHOSEN and len(sys.argv) > 1 else code


if __name__ == "__main__":
    sys.exit(main())
