"""Django's own list of what a server on a network must have: nothing of it is missing."""

import subprocess
import sys

from tests.web.installations import clean_environment


def test_check_deploy_is_clean_behind_tls(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret-key").write_text("0123456789-abcdefghij-ABCDEFGHIJ " * 3, "utf-8")
    config = tmp_path / "dingdian.toml"
    config.write_text('policy = "daxinganling"\ndata = "data"\nhttps = true\n', "utf-8")
    words = ["office", "manage", "--config", str(config), "--", "check", "--deploy"]
    done = subprocess.run(
        [sys.executable, "-m", "dingdian", *words, "--fail-level", "WARNING"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=clean_environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout + done.stderr
