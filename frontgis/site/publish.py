"""A folder that changes as a whole: built beside the old one, synced, then exchanged with it in one step.

On Linux the two folders change places by one `renameat2(RENAME_EXCHANGE)`: whoever opens a path finds the
whole old site or the whole new one. Where a system or file system cannot exchange, the old folder is renamed
away and the new one into its place: between the two there is no site for a moment, but never half a one.
"""

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from frontgis.model import InputError, UsageError
from frontgis.render.files import sync

MARK: Final = "site.json"
"""The file by which a folder is known as a site of ours."""

_HERE: Final = -100  # AT_FDCWD
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


@contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """Yield an empty folder to build in; it takes the place of `out` at the end, or goes if the build fails.

    Raises UsageError where `out` holds anything but a site, InputError where it cannot be written.
    """
    out = out.resolve()
    _must_be_ours(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        staging = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from None
    try:
        with _claimed(staging):
            yield staging
            _publish(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _must_be_ours(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder: choose another place for the site")
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise UsageError(f"{out} holds files that are no frontgis site: choose another folder, or empty it")


def _publish(staging: Path, out: Path) -> None:
    try:
        staging.chmod(0o755)
        for path in sorted(staging.rglob("*")):
            sync(path)
        sync(staging)
        _put(staging, out)
        sync(out.parent)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from None


def _put(staging: Path, out: Path) -> None:
    if not out.exists():
        staging.rename(out)
    elif not _exchanged(staging, out):
        aside = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        out.rename(aside / out.name)
        staging.rename(out)
        shutil.rmtree(aside)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _prefix(out: Path) -> str:
    return f".{out.name}.building-"


def _sweep(out: Path) -> None:
    """Remove what killed builds left: folders that no living build has locked."""
    for left in out.parent.glob(f"{_prefix(out)}*"):
        with _claimed(left) as free:
            if free:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[bool]:
    """Lock a folder while the block runs; yields False where another process has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
