"""Units from any file: checked at the door, mended by a named rule, overlaps not passed over."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from frontgis.catalog import units_from_file
from frontgis.geo.area import areas_km2
from frontgis.model import InputError

LEFT, RIGHT = shapely.box(30, 48, 31, 49), shapely.box(31, 48, 32, 49)


def store(
    path: Path, shapes: list[shapely.Polygon], crs: str | None = "OGC:CRS84", **columns: list[str | None]
) -> Path:
    names = columns or {"id": ["b", "a"][: len(shapes)], "name": ["B", "A"][: len(shapes)]}
    frame = gpd.GeoDataFrame(names, geometry=shapes, crs=crs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    return path


@pytest.mark.parametrize("name", ["units.parquet", "units.gpkg", "units.geojson"])
def test_any_format_is_read_in_the_order_of_ids(tmp_path: Path, name: str) -> None:
    units = units_from_file(store(tmp_path / name, [RIGHT, LEFT]))
    assert units.ids == ("a", "b")
    assert units.names == ("A", "B")
    assert shapely.equals(units.geometry[0], LEFT)


def test_a_known_crs_is_turned_into_degrees(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"id": ["a"], "name": ["A"]}, geometry=[LEFT], crs="OGC:CRS84").to_crs("EPSG:32636")
    frame.to_file(tmp_path / "utm.gpkg")
    units = units_from_file(tmp_path / "utm.gpkg")
    assert areas_km2(units.geometry)[0] == pytest.approx(areas_km2(shapely.multipolygons([[LEFT]]))[0], rel=1e-6)


def test_metres_without_a_crs_are_refused(tmp_path: Path) -> None:
    path = store(tmp_path / "metres.parquet", [shapely.box(5e5, 5e6, 6e5, 6e6)], crs=None)
    with pytest.raises(InputError, match="CRS"):
        units_from_file(path)


def test_a_missing_column_names_those_there_are(tmp_path: Path) -> None:
    path = store(tmp_path / "units.geojson", [LEFT], code=["x"], label=["X"])
    with pytest.raises(InputError, match="code, label"):
        units_from_file(path)
    assert units_from_file(path, id_column="code", name_column="label").ids == ("x",)


def test_a_bow_tie_is_mended(tmp_path: Path) -> None:
    bow = shapely.Polygon([(30, 48), (31, 49), (31, 48), (30, 49)])
    units = units_from_file(store(tmp_path / "bow.geojson", [bow]))
    assert shapely.is_valid(units.geometry).all()
    assert areas_km2(units.geometry)[0] > 0


def test_an_overlap_as_thin_as_rounding_goes_to_the_first(tmp_path: Path) -> None:
    wide = shapely.box(30, 48, 31 + 5e-7, 49)  # 0.04 m too far east
    units = units_from_file(store(tmp_path / "thin.geojson", [RIGHT, wide]))
    assert shapely.area(shapely.intersection(*units.geometry)) == 0


def test_a_wide_overlap_is_named_with_its_area(tmp_path: Path) -> None:
    wide = shapely.box(30, 48, 31.5, 49)
    with pytest.raises(InputError, match=r"a and b overlap by \d+\.\d{3} km²"):
        units_from_file(store(tmp_path / "wide.geojson", [RIGHT, wide]))


def test_ids_twice_and_no_polygons_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not unique"):
        units_from_file(store(tmp_path / "twice.geojson", [LEFT, RIGHT], id=["a", "a"], name=["A", "B"]))
    path = tmp_path / "points.geojson"
    gpd.GeoDataFrame({"id": ["p"], "name": ["P"]}, geometry=[shapely.Point(30, 48)], crs="OGC:CRS84").to_file(path)
    with pytest.raises(InputError, match="no polygon in p"):
        units_from_file(path)


def test_a_table_without_geometry_and_a_unit_without_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("id,name\na,A\n", "utf-8")
    with pytest.raises(InputError, match="no geometry"):
        units_from_file(tmp_path / "units.csv")
    with pytest.raises(InputError, match="no id"):
        units_from_file(store(tmp_path / "none.parquet", [LEFT, RIGHT], id=["a", None], name=["A", "B"]))


def test_a_unit_without_a_name_is_called_by_its_id(tmp_path: Path) -> None:
    units = units_from_file(store(tmp_path / "units.parquet", [LEFT, RIGHT], id=["a", "b"], name=["A", None]))
    assert units.names == ("A", "b")


def test_a_word_of_the_answers_is_no_id(tmp_path):
    import geopandas as gpd
    import shapely

    path = tmp_path / "units.geojson"
    gpd.GeoDataFrame({"id": ["sea"], "name": ["Sea"]}, geometry=[shapely.box(30, 46, 31, 47)], crs=4326).to_file(path)
    with pytest.raises(InputError, match="sea is a word of the answers"):
        units_from_file(path)
