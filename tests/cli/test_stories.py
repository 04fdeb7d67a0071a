"""Stories on the command line: files of the shipped tables, and recipes with a wrong word."""

import json


def test_the_shipped_stories_are_exported_as_points(cli, tmp_path):
    for name in ("story_attacks", "story_places", "story_units"):
        ran = cli("export", name, "-o", tmp_path / f"{name}.geojson")
        assert ran.code == 0, ran.stderr
        found = json.loads((tmp_path / f"{name}.geojson").read_text("utf-8"))
        assert found["features"]
        for feature in found["features"]:
            assert feature["geometry"]["type"] == "Point"
            assert {"settlement", "evidence", "source", "valid_from"} <= set(feature["properties"])
            assert "do not cite" in feature["properties"]["attribution"]
    units = json.loads((tmp_path / "story_units.geojson").read_text("utf-8"))["features"]
    corners = [degrees for unit in units for degrees in unit["geometry"]["coordinates"]]
    assert corners == [round(degrees, 1) for degrees in corners]


def test_a_story_that_is_none_is_refused_with_its_line(cli, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "x"\nstories = ["atacks"]\n', "utf-8")
    ran = cli("map", path, "-o", tmp_path / "x.html")
    assert ran.code == 1
    assert "line 2: stories: no such story 'atacks'; did you mean 'attacks'?" in ran.stderr
    assert "Traceback" not in ran.stderr
