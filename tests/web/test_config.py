"""The configuration file: explained key by key, its faults told in one list."""

import datetime as dt
import re
import stat
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from dingdian.core.errors import RequestError
from dingdian.web.config import Config, read_config
from dingdian.web.setting_up import EXAMPLE, write_config

ROOT = Path(__file__).resolve().parents[2]
KEYS = {each.name: each.default for each in fields(Config) if each.name != "file"}


def test_the_example_explains_every_key_with_its_default():
    text = EXAMPLE.read_text("utf-8")
    shown = "\n".join(re.findall(r"^# ([a-z_]+ = .*)$", text, re.MULTILINE))
    found = tomllib.loads(shown)
    assert set(found) == set(KEYS)
    rehearsed = found.pop("rehearsal_day")
    assert isinstance(rehearsed, dt.date)  # none by itself, which TOML cannot say
    for key, value in found.items():
        default = KEYS[key]
        assert value == (list(default) if isinstance(default, tuple) else _plain(default)), key


def _plain(value):
    return str(value) if isinstance(value, Path) else value


@pytest.mark.parametrize("name", ["deployment.md", "deployment.zh-CN.md"])
def test_the_guide_names_every_key(name):
    text = (ROOT / "docs" / "guide" / name).read_text("utf-8")
    assert [key for key in KEYS if f"`{key}`" not in text] == []


def test_a_written_configuration_holds_what_was_set_and_the_rest_as_default(tmp_path):
    path = tmp_path / "dingdian.toml"
    write_config(
        path,
        {
            "policy": "daxinganling",
            "hosts": ["ybj.example.cn"],
            "https": True,
            "database": 'postgresql://dd:p%40ss"word\\1@db:5432/dd',
        },
    )
    found = read_config(path)
    assert found.hosts == ("ybj.example.cn",)
    assert found.https is True
    assert found.database == 'postgresql://dd:p%40ss"word\\1@db:5432/dd'
    assert found.data == tmp_path / "dingdian-data"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(RequestError) as error:
        write_config(path, {})
    assert error.value.faults[0].kind == "config_exists"


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "dingdian.toml"
    path.write_text('kind = "other"\nprocesses = "two"\nhttps = 1\ncolour = "red"\nhosts = [1]\n')
    with pytest.raises(RequestError) as error:
        read_config(path)
    told = [(each.kind, dict(each.details).get("key")) for each in error.value.faults]
    assert sorted(told) == [
        ("config_unknown", "colour"),
        ("config_wrong", "hosts"),
        ("config_wrong", "https"),
        ("config_wrong", "kind"),
        ("config_wrong", "processes"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"), [(None, "no_config"), ("policy = ", "config_unreadable")]
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, text, kind):
    path = tmp_path / "dingdian.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(RequestError) as error:
        read_config(path)
    assert error.value.faults[0].kind == kind


def test_places_lie_beside_the_file(tmp_path):
    (tmp_path / "ours").mkdir()
    path = tmp_path / "dingdian.toml"
    path.write_text('policy = "ours"\ndata = "kept"\ndatabase = "sqlite:///one.sqlite3"\n')
    found = read_config(path)
    assert found.policy == str(tmp_path / "ours")
    assert found.data == tmp_path / "kept"
    assert found.database == f"sqlite:///{tmp_path / 'one.sqlite3'}"
    path.write_text('data = "/srv/kept"\ndatabase = "sqlite:////srv/one.sqlite3"\n')
    found = read_config(path)
    assert (str(found.data), found.database) == ("/srv/kept", "sqlite:////srv/one.sqlite3")


def test_a_place_that_is_none_leaves_nothing_behind(tmp_path):
    from tests.web.installations import dingdian

    words = ("office", "init", "--policy", "nowhere", "--config", tmp_path / "dingdian.toml")
    assert "nowhere" in dingdian(*words, code=3)
    assert list(tmp_path.iterdir()) == []
