"""Django's own list of what a server on a network must have: nothing of it is missing."""

import subprocess
import sys

import pytest

from tests.web.installations import clean_environment, dingdian


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


@pytest.mark.parametrize("kind", ["bureau", "public"])
def test_a_policy_that_there_is_none_of_is_told_with_its_cure(tmp_path, kind):
    config = tmp_path / "dingdian.toml"
    config.write_text(f'kind = "{kind}"\npolicy = "daxingganling"\ndata = "data"\n', "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret-key").write_text("0123456789-abcdefghij-ABCDEFGHIJ " * 3, "utf-8")
    said = dingdian("office", "check", "--config", config, code=3)
    assert "没有“daxingganling”这个政策" in said
    assert "dingdian.toml" in said
    assert "可用：daxinganling, national, shenyang" in said
    assert "dingdian office init" in said  # what else is wrong is told in the same list
