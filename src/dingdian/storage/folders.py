"""Output folders: written whole or not at all, and never over something else unasked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from dingdian.core.errors import OutputError, Place, fault

#: A folder that holds one of these was written by this program and may be replaced by force.
OURS = ("plan.json", "census.xlsx", "about.csv")


def write_folder(folder: Path, fill: Callable[[Path], None], *, force: bool = False) -> None:
    """Let ``fill`` write into a fresh folder beside ``folder``, then put it in its place.

    With ``force`` a folder that this program wrote earlier is replaced. When ``fill`` fails
    nothing is left behind and what stood there before stays.

    Raises:
        OutputError: the folder holds something (and ``force`` is off, or it is not ours),
            or it cannot be written.
    """
    check_free(folder, force=force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot(folder, error) from error
    try:
        fill(fresh)
        fresh.chmod(0o755)
        _put(fresh, folder)
    except OSError as error:
        raise _cannot(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse an output folder that must not be written, before any work is done.

    Raises:
        OutputError: it is a file, or holds something that may not be replaced.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not folder.is_dir():
        raise OutputError((fault("output_not_folder", Place(str(folder)), path=str(folder)),))
    if not force:
        raise OutputError((fault("output_exists", Place(str(folder)), path=str(folder)),))
    if not any((folder / name).exists() for name in OURS):
        raise OutputError((fault("output_not_ours", Place(str(folder)), path=str(folder)),))


def write_through(path: Path, write: Callable[[Path], None], *, force: bool = False) -> None:
    """Let ``write`` write one file beside ``path``, then put it in its place: whole or not at all.

    Raises:
        OutputError: it exists (and ``force`` is off), or cannot be written.
    """
    if path.exists() and not force:
        raise OutputError((fault("output_exists", Place(str(path)), path=str(path)),))
    part = path.with_name(f".part-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        part.replace(path)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _put(fresh: Path, folder: Path) -> None:
    """Swap the finished folder in; the old one goes only once the new one stands."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent)) / "old"
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def _cannot(path: Path, error: OSError) -> OutputError:
    why = error.strerror or str(error)
    return OutputError((fault("output_unwritable", Place(str(path)), path=str(path), why=why),))
