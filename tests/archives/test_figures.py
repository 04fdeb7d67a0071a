"""Figures that two independent programs found in the same archives, asked by the command line."""

import csv
from collections import defaultdict
from itertools import pairwise

import pytest

from frontgis.geo.area import area_km2
from frontgis.history import change, control
from frontgis.model import Status

DAILY, FULL = "deepstate-daily", "deepstate"


def table(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def status_km2(answer):
    return {row["status"]: row["km2"] for row in answer["rows"]}


@pytest.mark.parametrize(
    ("on", "method", "km2"),
    [
        ("2025-03-27", "exact", 112_514.932),
        ("2025-03-27", "equal-area", 112_514.975),
        ("2025-03-27", "geodesic", 112_514.397),
        ("2024-07-07", "exact", 109_361.407),
        ("2025-03-26", "exact", 112_507.575),
        ("2025-12-30", "exact", 116_203.537),
    ],
)
def test_area(ask, on, method, km2):
    assert status_km2(ask(DAILY, "area", "--on", on, "--method", method)) == {"occupied": pytest.approx(km2, abs=0.001)}


@pytest.mark.parametrize(
    ("a", "b", "gained", "lost", "within"),
    [
        ("2025-03-26", "2025-03-27", 7.356, 0.0, 0.002),
        ("2025-03-27", "2025-03-28", 0.0, 0.0, 0.0),
        ("2025-11-01", "2025-11-02", 29.061, 9.620, 0.02),
        ("2025-11-02", "2025-11-03", 47.602, 0.695, 0.02),
        ("2024-08-16", "2024-08-19", 55.661, 2.371, 0.02),
    ],
)
def test_change(ask, a, b, gained, lost, within):
    answer = ask(DAILY, "change", a, b)
    assert answer["gained"] == pytest.approx(gained, abs=within)
    assert answer["lost"] == pytest.approx(lost, abs=within)


ROUNDED = [("2024-09-12", "2024-09-13", 0.016, 0.021), ("2025-04-27", "2025-04-28", 0.017, 0.021)]


@pytest.mark.parametrize(("a", "b"), [pair[:2] for pair in ROUNDED])
def test_a_day_of_other_rounding_is_no_change(ask, a, b):
    answer = ask(DAILY, "change", a, b)
    assert (answer["gained"], answer["lost"]) == (0, 0)
    assert all(row["km2"] == 0 for row in answer["rows"])
    assert answer["noise_gained"] + answer["noise_lost"] < 0.001


@pytest.mark.parametrize(("a", "b", "gained", "lost"), ROUNDED)
def test_off_the_grid_such_a_day_is_noise(daily, a, b, gained, lost):
    found = change.between(daily.snapshot(a), daily.snapshot(b))
    assert (found.gained_km2, found.lost_km2) == (0, 0)
    assert found.noise_gained_km2 == pytest.approx(gained, abs=0.0005)
    assert found.noise_lost_km2 == pytest.approx(lost, abs=0.0005)


def test_a_day_without_a_file_is_answered_from_the_last_before_it_and_says_so(ask):
    answer = ask(DAILY, "area", "--on", "2024-08-18")
    assert answer["as_of"]["on"]["as_of"] == "2024-08-16"
    assert any("2024-08-18" in note and "2024-08-16" in note for note in answer["notes"])
    assert ask(DAILY, "change", "2024-08-16", "2024-08-19")["span_days"] == 3


def test_every_day_of_the_daily_archive(daily, tables):
    rows = table(tables / "deepstate-daily-days.csv")[1:]
    identical = noise_only = 0
    for (before, after), row in zip(pairwise(daily.snapshots()), rows, strict=True):
        found = change.between(before, after)
        assert found.gained_km2 + found.noise_gained_km2 == pytest.approx(float(row["gained_km2"]), abs=0.01)
        assert found.lost_km2 + found.noise_lost_km2 == pytest.approx(float(row["lost_km2"]), abs=0.01)
        identical += not found.pieces
        noise_only += bool(found.pieces) and found.gained_km2 == found.lost_km2 == 0
    assert (len(rows), identical, noise_only) == (535, 67, 2)


@pytest.mark.parametrize("on", ["2024-07-07", "2025-03-27", "2025-12-30"])
def test_units_sea_outside_and_noise_are_the_whole(ask, on):
    (whole,) = ask(DAILY, "area", "--on", on)["rows"]
    rows = ask(DAILY, "area", "--on", on, "--by", "oblasts")["rows"]
    assert sum(row["km2"] for row in rows) == pytest.approx(whole["km2"], abs=1e-6)
    found = {row["unit"]: row["km2"] for row in rows}
    assert found["outside"] <= 60
    assert found["sea"] <= 550
    assert abs(found["noise"]) < 0.006  # what the grid moves on a whole map


def test_statuses_of_a_full_map(ask):
    found = status_km2(ask(FULL, "area", "--on", "2024-09-06T20:34Z", "--method", "equal-area"))
    assert found["occupied"] == pytest.approx(65_949.01, abs=0.05)
    assert found["occupied_before_2022"] == pytest.approx(43_987.63, abs=0.05)
    assert found["contested"] == pytest.approx(1_044.45, abs=0.05)
    assert found["incursion_ua"] == pytest.approx(908.92, abs=0.05)


def test_foreign_claims_are_left_out_and_counted(ask):
    rows = ask(FULL, "ledger")["rows"]
    (claims,) = [
        row for row in rows if str(row["date"]).startswith("2024-09-06T20:34") and row["rule"] == "foreign-claim"
    ]
    assert "polygons left out" in claims["why"]
    assert claims["km2"] == pytest.approx(140_054.56, abs=0.05)


def test_the_collapse_of_september_2022(ask):
    answer = ask(FULL, "change", "2022-09-05T21:01Z", "2022-09-15T19:57Z")
    found = {(row["before"], row["after"]): row["km2"] for row in answer["rows"]}
    assert found["occupied", "liberated"] == pytest.approx(8_531.3, abs=0.3)
    assert found["occupied", "contested"] == pytest.approx(625.0, abs=0.3)
    assert found["occupied", "unmapped"] == pytest.approx(46.6, abs=0.3)
    for on, km2 in (("2022-09-05T21:01Z", 81_822.97), ("2022-09-15T19:57Z", 72_668.22)):
        found = status_km2(ask(FULL, "area", "--on", on, "--method", "equal-area"))
        assert found["occupied"] == pytest.approx(km2, abs=0.05)


def test_repainting_is_no_change(full):
    versions = [version.as_of for version in full.versions]
    painted = next(index for index, as_of in enumerate(versions) if str(as_of).startswith("2022-04-10T18:49"))
    assert full.compare(versions[painted - 1], versions[painted]).pieces == ()
    for a, b, gained, lost in (
        ("2022-09-23", "2022-09-26", 99.67, 224.35),
        ("2022-11-20", "2022-12-01", 61.23, 179.54),
    ):
        rows = full.compare(a, b).table()
        came = sum(row.km2 for row in rows if row.after is Status.OCCUPIED)
        went = sum(row.km2 for row in rows if row.before is Status.OCCUPIED)
        assert (came, went) == (pytest.approx(gained, abs=0.1), pytest.approx(lost, abs=0.1))
        repainted = [row for row in rows if row.before is row.after]
        assert repainted == []


def moved(entry):
    found = defaultdict(float)
    for note in entry.notes:
        if note.rule == "precedence":
            found[note.why.split()[0]] += note.km2
        elif note.rule == "cut-by-place":
            found["contested"] += note.km2
    return found


def test_every_full_map(full, kept, tables):
    from frontgis.archive import Store

    entries = {entry.file: entry for entry in Store.open(kept).ledger(FULL)}
    rows = {row["file"]: row for row in table(tables / "deepstate-areas.csv")}
    assert len(rows) == len(entries) == 399
    for snapshot in full.snapshots():
        row, entry = rows[snapshot.provenance.file], entries[snapshot.provenance.file]
        expected = {name: float(row[f"{name}_km2"]) for name in ("occupied", "pre2022", "unknown")}
        foreign = sum(n.km2 for n in entry.notes if n.rule == "foreign-claim") if float(row["foreign_km2"]) == 0 else 0
        found, shifted = (
            {status: area_km2(ground, method="equal-area") for status, ground in snapshot.by_status.items()},
            moved(entry),
        )
        assert found[Status.OCCUPIED] == pytest.approx(expected["occupied"], abs=0.1)
        before_2022 = found[Status.OCCUPIED_BEFORE_2022] + shifted["occupied_before_2022"] + foreign
        assert before_2022 == pytest.approx(expected["pre2022"], abs=0.2)
        contested = found.get(Status.CONTESTED, 0.0) + shifted["contested"]
        assert contested == pytest.approx(expected["unknown"], abs=0.2 + 0.002 * cut(entry))
        incursion = found.get(Status.INCURSION_UA, 0.0) + shifted["incursion_ua"]
        assert incursion == pytest.approx(float(row["ukraine_held_russian_ground_01579b_km2"]), abs=0.1)
        fills = ("liberated_km2", "liberated_recent_km2", "liberated_0097a7_km2")
        liberated = found[Status.LIBERATED] + shifted["liberated"]
        assert -1 < liberated - sum(float(row[fill]) for fill in fills) < 0.1  # the fills overlap each other


def cut(entry):
    """Return the km² cut by place: exact on the ellipsoid, where the table has long edges in a plane."""
    return sum(note.km2 for note in entry.notes if note.rule == "cut-by-place")


@pytest.mark.parametrize(
    ("a", "b", "net"),
    [
        ("2024-07-31", "2024-08-31", 363.5),
        ("2024-10-31", "2024-11-30", 725.9),
        ("2024-12-31", "2025-01-31", 332.2),
        ("2025-08-31", "2025-09-30", 263.9),
        ("2025-02-28", "2025-03-29", 118.6),
        ("2025-02-28", "2025-04-01", 135.7),
    ],
)
def test_months(ask, a, b, net):
    assert ask(DAILY, "change", a, b)["net"] == pytest.approx(net, abs=0.1)


def test_a_month_that_ends_in_a_gap_says_so(ask):
    answer = ask(DAILY, "change", "2025-02-28", "2025-03-31")
    assert answer["as_of"]["b"]["as_of"] == "2025-03-29"
    assert any("2025-03-31" in note for note in answer["notes"])


def test_popovka_in_the_full_maps(ask):
    (place,) = ask(FULL, "place", "popovka-krasnoyaruzhsky", "--on", "2025-04-01")["rows"]
    spells = [(spell["status"], spell["from_by"], spell["to_by"]) for spell in place["history"]]
    assert spells == [
        ("unmapped", "2022-04-03T12:33:28Z", "2025-03-25T14:47:21Z"),
        ("contested", "2025-03-25T14:47:21Z", "2025-05-06T11:07:04Z"),
        ("unmapped", "2025-05-06T11:07:04Z", None),
    ]
    assert place["history"][1]["to_after"] == "2025-05-02T22:00:40Z"
    assert (place["undecided"], place["precision_m"]) == (True, 1500)
    answer = ask(FULL, "place", "popovka-krasnoyaruzhsky", "--on", "2025-04-01")
    assert any("± 1.5 km" in note for note in answer["notes"])
    assert any("0.5 km away" in note for note in answer["notes"])


@pytest.mark.parametrize("name", ["Popovka", "Поповка"])
def test_a_name_of_several_places_lists_them(kept, cli, name):
    ran = cli("place", name, "--source", FULL, "--archive", kept)
    assert ran.code == 2
    (line,) = ran.lines
    for word in (
        "popovka-krasnoyaruzhsky",
        "popovka-korochansky",
        "Krasnoyaruzhsky",
        "50.9550 N 35.3490 E",
        "± 1.5 km",
    ):
        assert word in line


def test_demidovka_was_never_covered_and_that_is_no_evidence(ask):
    answer = ask(FULL, "place", "demidovka-krasnoyaruzhsky")
    (spell,) = answer["rows"][0]["history"]
    assert (spell["status"], spell["to_by"]) == ("unmapped", None)
    assert any("no evidence" in note for note in answer["notes"])


def test_areas_before_and_after_differ_by_gains_losses_and_noise(daily, full):
    for history, step in ((daily, 60), (full, 40)):
        chosen = [history.snapshot(version.as_of) for version in history.versions[::step]]
        for before, after in pairwise(chosen):
            rows = change.between(before, after).table()
            area = [{row.status: row.km2 for row in control.area(snapshot)} for snapshot in (before, after)]
            for status in area[0] | area[1]:
                came = sum(row.km2 + row.noise_km2 for row in rows if row.after is status)
                went = sum(row.km2 + row.noise_km2 for row in rows if row.before is status)
                expected = area[0].get(status, 0.0) + came - went
                assert area[1].get(status, 0.0) == pytest.approx(expected, abs=1e-5)
