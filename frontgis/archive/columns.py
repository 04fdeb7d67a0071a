"""Columns of Parquet files by their buffers: pyarrow's own conversions would import pandas."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

N = TypeVar("N", bound=np.generic)

_KINDS: Final = {
    np.dtype(np.int8): pa.int8(),
    np.dtype(np.int32): pa.int32(),
    np.dtype(np.int64): pa.int64(),
    np.dtype(np.uint64): pa.uint64(),
    np.dtype(np.float64): pa.float64(),
}


def numbers(values: NDArray[N]) -> pa.Array:
    """Return numbers as a column."""
    whole = np.ascontiguousarray(values)
    return pa.Array.from_buffers(_KINDS[whole.dtype], len(whole), [None, pa.py_buffer(whole)])


def blobs(values: Iterable[bytes]) -> pa.Array:
    """Return byte strings as a column."""
    return _strings(list(values), pa.binary())


def words(values: Iterable[str]) -> pa.Array:
    """Return texts as a column."""
    return _strings([text.encode() for text in values], pa.string())


def _strings(values: Sequence[bytes], kind: pa.DataType) -> pa.Array:
    ends = np.cumsum([0, *map(len, values)], dtype=np.int32)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(values))])


def chosen(places: NDArray[np.integer], names: Iterable[str]) -> pa.Array:
    """Return a column of some of the names, by their places; a place outside the names is null."""
    listed = list(names)
    kind = np.int8 if len(listed) <= np.iinfo(np.int8).max else np.int32
    there = (places >= 0) & (places < len(listed))
    whole = numbers(np.where(there, places, 0).astype(kind))
    if not there.all():
        mask = pa.py_buffer(np.packbits(there, bitorder="little"))
        whole = pa.Array.from_buffers(whole.type, len(whole), [mask, whole.buffers()[1]])
    return pa.DictionaryArray.from_arrays(whole, words(listed))


def read(file: Path | pa.BufferReader, only: Sequence[str] | None = None) -> pa.Table:
    """Return the table of a Parquet file, or some of its columns."""
    with pq.ParquetFile(file) as opened:
        return opened.read(only)


def array(column: pa.Array | pa.ChunkedArray, kind: type[N]) -> NDArray[N]:
    """Return the numbers of a column without nulls."""
    chunk = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return np.frombuffer(chunk.buffers()[1], dtype=kind, count=chunk.offset + len(chunk))[chunk.offset :]
