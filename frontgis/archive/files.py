"""Files to ingest: named ones, folders and archives, opened one after the other."""

import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa

from frontgis.model import InputError

MARK: Final = "frontgis-archive.json"
"""The file that makes a folder an archive."""

_TARS: Final = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")


@dataclass(frozen=True, slots=True)
class Walk:
    """Yield (name, bytes) of the files under paths; those passed over are named in `passed`.

    A file named outright is always yielded; in folders and archives dot files and other suffixes are passed over.
    Raises InputError where a path is not there or an archive cannot be opened.
    """

    paths: tuple[Path, ...]
    suffixes: tuple[str, ...]
    passed: list[str]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for path in self.paths:
            if not path.exists():
                raise InputError(f"there is no file or folder {path}")
            if path.is_dir():
                yield from self._folder(path)
            elif path.name.lower().endswith((".zip", *_TARS)):
                yield from self._archive(path)
            else:
                yield path.name, _bytes(path)

    def _folder(self, folder: Path) -> Iterator[tuple[str, bytes]]:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if any(part.startswith(".") for part in inside.parts) or not path.is_file() or _archived(path, folder):
                continue
            if self._reads(path.name):
                yield path.name, _bytes(path)

    def _archive(self, path: Path) -> Iterator[tuple[str, bytes]]:
        try:
            for inside, data in _members(path):
                name = PurePosixPath(inside).name
                if not name.startswith(".") and self._reads(name):
                    yield name, data()
        except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, pa.ArrowException) as error:
            raise InputError(f"{path} cannot be opened as an archive ({error})") from None

    def _reads(self, name: str) -> bool:
        fits = name.lower().endswith(self.suffixes)
        if not fits:
            self.passed.append(name)
        return fits


def _archived(path: Path, folder: Path) -> bool:
    """Tell whether a file lies in an archive below the folder: what is kept is not read again."""
    above = path.relative_to(folder).parents
    return any((folder / parent / MARK).exists() for parent in above)


def walk(paths: Iterable[Path], suffixes: tuple[str, ...]) -> Walk:
    """Return the files under the given paths, opened as they are asked for."""
    return Walk(tuple(paths), suffixes, [])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def _members(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda item: item.filename):
                if not member.is_dir():
                    yield member.filename, partial(archive.read, member)
        return
    zstd = path.name.lower().endswith(".zst")
    with (
        pa.input_stream(str(path), compression="zstd" if zstd else None) as stream,
        tarfile.open(fileobj=stream, mode="r|" if zstd else "r|*") as tar,
    ):
        for entry in tar:
            content = tar.extractfile(entry) if entry.isfile() else None
            if content is not None:
                yield entry.name, content.read
