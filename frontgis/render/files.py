"""Files that appear whole or not at all: written under another name, synced, renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontgis.model import InputError


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never half.

    Raises InputError where the file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside the given one to write to; it takes the place of the given one at the end.

    Raises InputError where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            temporary = Path(folder) / path.name
            yield temporary
            sync(temporary)
            temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None


def sync(path: Path) -> None:
    """Ask the system to put a file or folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
