"""Exported GeoParquet opens in GeoPandas, DuckDB and SedonaDB, and all three see the same ground."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import duckdb_extension_spatial
import geopandas
import pytest
import sedonadb
import shapely

WHAT = [("control", "--on", "latest"), ("change", "first", "latest"), ("front", "--on", "latest"), ("oblasts",)]


def with_geopandas(path: Path) -> tuple[int, float, float]:
    frame = geopandas.read_parquet(path)
    assert frame.crs.to_epsg() == 4326 or frame.crs.to_authority() == ("OGC", "CRS84")
    shapes = frame.geometry.to_numpy()
    return len(frame), shapely.area(shapes).sum(), shapely.length(shapes).sum()


def with_duckdb(path: Path) -> tuple[int, float, float]:
    (extension,) = Path(duckdb_extension_spatial.__file__).parent.rglob("*.duckdb_extension")
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.load_extension(str(extension))
        query = """SELECT count(*), sum(ST_Area(geometry)), sum(ST_Length(geometry) + ST_Perimeter(geometry))
                   FROM read_parquet($path)"""
        (row,) = connection.execute(query, {"path": str(path)}).fetchall()
    return row


def with_sedonadb(path: Path) -> tuple[int, float, float]:
    connection = sedonadb.connect()
    connection.read_parquet(str(path)).to_view("exported")
    query = """SELECT count(*) AS n, sum(ST_Area(geometry)) AS area,
                      sum(ST_Length(geometry) + ST_Perimeter(geometry)) AS length FROM exported"""
    (row,) = connection.sql(query).to_arrow_table().to_pylist()
    return row["n"], row["area"], row["length"]


@pytest.mark.parametrize("what", WHAT, ids=[what[0] for what in WHAT])
def test_three_readers_see_the_same_ground(what: tuple[str, ...], export: Callable[..., Path]) -> None:
    path = export(*what, suffix=".parquet")
    rows, area, length = with_geopandas(path)
    assert rows > 0
    assert length > 0
    assert with_duckdb(path) == pytest.approx((rows, area, length))
    assert with_sedonadb(path) == pytest.approx((rows, area, length))
