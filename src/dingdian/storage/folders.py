"""Where a command writes: whole or not at all, and never over what somebody else made."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.errors import OutputError, fault


def _nobodys(_path: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Out:
    """A place to write to.

    ``force`` replaces what stands there only when ``ours`` says that an earlier run of the
    same command wrote it. ``inputs`` are what the command reads: the place may not be one of
    them, inside one, or around one.
    """

    path: Path
    force: bool = False
    ours: Callable[[Path], bool] = _nobodys
    inputs: tuple[Path, ...] = ()


def check_free(out: Out, *, folder: bool) -> None:
    """Refuse a place that must not be written, before any work is done.

    Raises:
        OutputError: it is an input, of the other sort (file or folder), or holds something
            that may not be replaced.
    """
    here = out.path.resolve()
    for each in (each.resolve() for each in out.inputs):
        if here == each or here in each.parents or each in here.parents:
            raise _refused("output_is_input", out.path)
    if not out.path.exists() or (out.path.is_dir() and not any(out.path.iterdir())):
        return
    if out.path.is_dir() is not folder:
        raise _refused("output_not_folder" if folder else "output_not_file", out.path)
    if not out.force:
        raise _refused("output_exists" if folder else "output_file_exists", out.path)
    if not out.ours(out.path):
        raise _refused("output_not_ours", out.path)


def write_folder(out: Out, fill: Callable[[Path], None]) -> None:
    """Let ``fill`` write into a fresh folder beside the place, then put it there.

    When ``fill`` fails nothing is left behind and what stood there before stays.

    Raises:
        OutputError: as ``check_free``, or the folder cannot be written.
    """
    check_free(out, folder=True)
    fresh = _beside(out.path)
    try:
        fresh.mkdir(parents=True)
        fill(fresh)
        _put(fresh, out.path)
    except OSError as error:
        raise _cannot(out.path, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_through(out: Out, write: Callable[[Path], None]) -> None:
    """Let ``write`` write one file beside the place, then put it there: whole or not at all.

    Raises:
        OutputError: as ``check_free``, or the file cannot be written.
    """
    check_free(out, folder=False)
    fresh = _beside(out.path)
    try:
        out.path.parent.mkdir(parents=True, exist_ok=True)
        write(fresh)
        fresh.replace(out.path)
    except OSError as error:
        raise _cannot(out.path, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """A fresh hidden name in the same folder, with the same ending."""
    return path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")


def _put(fresh: Path, folder: Path) -> None:
    """Swap the finished folder in; the old one goes only once the new one stands."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = _beside(folder)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refused(kind: str, path: Path) -> OutputError:
    return OutputError((fault(kind, path=str(path)),))


def _cannot(path: Path, error: OSError) -> OutputError:
    why = error.strerror or str(error)
    return OutputError((fault("output_unwritable", path=str(path), why=why),))
