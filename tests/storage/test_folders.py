"""Output places: whole or not at all, and never over what somebody else made."""

import pytest

from dingdian.core.errors import OutputError
from dingdian.storage.folders import Out, check_free, write_folder, write_through


def fill(folder):
    (folder / "plan.json").write_text("new")


def ours(folder):
    return (folder / "plan.json").is_file()


def refused(out, *, folder=True):
    with pytest.raises(OutputError) as error:
        check_free(out, folder=folder)
    return error.value.faults[0].kind


def test_a_new_folder_and_an_empty_one_are_written(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("new/deep", "empty"):
        write_folder(Out(tmp_path / name), fill)
        assert (tmp_path / name / "plan.json").read_text() == "new"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "new"]


def test_a_full_folder_is_replaced_only_by_force_and_only_if_ours(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "plan.json").write_text("old")
    (own / "leftover").write_text("old")

    assert refused(Out(own, ours=ours)) == "output_exists"
    write_folder(Out(own, True, ours=ours), fill)
    assert [each.name for each in own.iterdir()] == ["plan.json"]


@pytest.mark.parametrize("name", ["census.xlsx", "about.csv", "anything.txt"])
def test_somebodys_ledger_is_never_replaced(tmp_path, name):
    (tmp_path / name).write_text("a year of work")

    assert refused(Out(tmp_path, True, ours=ours)) == "output_not_ours"
    assert (tmp_path / name).read_text() == "a year of work"


@pytest.mark.parametrize("out", ["ledger", "ledger/plan", "."])
def test_no_place_is_an_input_or_inside_or_around_one(tmp_path, out):
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    fill(ledger)

    found = refused(Out(tmp_path / out, True, ours=lambda _: True, inputs=(ledger,)))

    assert found == "output_is_input"


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    fill(tmp_path / "folder")

    assert refused(Out(tmp_path / "file", True)) == "output_not_folder"
    assert refused(Out(tmp_path / "folder", True), folder=False) == "output_not_file"


def test_a_filled_in_file_is_never_replaced(tmp_path):
    filled = tmp_path / "ledger.xlsx"
    filled.write_text("filled in")

    assert refused(Out(filled), folder=False) == "output_file_exists"
    assert refused(Out(filled, True), folder=False) == "output_not_ours"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_when_writing_fails_nothing_is_left_and_the_old_stays(tmp_path, error):
    own = tmp_path / "own"
    own.mkdir()
    (own / "plan.json").write_text("old")

    def fail(folder):
        fill(folder)
        raise error

    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_folder(Out(own, True, ours=ours), fail)
    with pytest.raises(expected):
        write_through(Out(tmp_path / "file.xlsx"), lambda fresh: fail(fresh.parent))

    (tmp_path / "plan.json").unlink()
    assert [each.name for each in tmp_path.iterdir()] == ["own"]
    assert (own / "plan.json").read_text() == "old"
