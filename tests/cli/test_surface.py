"""The verb that makes control from claims."""

import json

HEADER = "settlement_id,date,status,evidence,source,note\n"


def test_the_worked_example_has_the_kursk_salient_and_says_what_it_is(cli):
    areas = {}
    for day in ("2024-08-05", "2024-09-06", "2025-03-28"):
        ran = cli("surface", "--on", day, "--format", "json")
        answer = json.loads(ran.stdout)
        assert any("do not cite" in note for note in answer["notes"])
        areas[day] = sum(row["km2"] for row in answer["rows"] if row["status"] == "incursion_ua")
    assert areas["2024-08-05"] == 0
    assert 900 < areas["2024-09-06"] < 1200
    assert 20 < areas["2025-03-28"] < 120


def test_wrong_claims_are_named_line_by_line_without_a_traceback(cli, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(HEADER + "nowhere,2025-03-28,occupied,A,x,\npokrovsk,yesterday,held_ua,A,x,\n", "utf-8")
    ran = cli("surface", path)
    assert ran.code == 1
    assert ran.stderr.splitlines() == [
        "frontgis: bad.csv, line 2: there is no settlement 'nowhere'",
        "frontgis: bad.csv, line 3: 'yesterday' is no date: write 2025-03-28",
    ]


def test_cells_come_as_geojson_with_their_evidence(cli, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(HEADER + "pokrovsk,2025-03-28,held_ua,A,x,\ntoretsk,2025-03-28,contested,B,x,\n", "utf-8")
    ran = cli("surface", path, "--on", "2025-03-30", "--fade-days", "2", "--format", "geojson")
    cells = json.loads(ran.stdout)["features"]
    by_id = {cell["properties"]["settlement_id"]: cell["properties"] for cell in cells}
    assert by_id["pokrovsk"]["status"] == "held_ua"
    assert by_id["toretsk"]["status"] == "contested"
    assert by_id["pokrovsk"]["confidence"] == 0.45
