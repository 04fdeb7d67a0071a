"""Claims: wrong lines are refused together, each with its number and reason."""

from datetime import date

import pytest

from frontgis.analysis import claims
from frontgis.catalog import shipped
from frontgis.model import InputError, NotFoundError, Status

HEADER = "settlement_id,date,status,evidence,source,note\n"


def read(tmp_path, *lines, **more):
    path = tmp_path / "claims.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    return claims.read(path, shipped(), **more)


def test_a_good_line_is_a_claim(tmp_path):
    found = read(tmp_path, "pokrovsk,2025-03-28,held_ua,A,newspapers of the day,")
    assert found.days == (date(2025, 3, 28),)
    assert found.claims[0].status is Status.HELD_UA
    assert found.settlements.id[found.claims[0].place] == "pokrovsk"


def test_every_wrong_line_is_named_at_once(tmp_path):
    with pytest.raises(InputError) as refused:
        read(
            tmp_path,
            "pokrovks,2025-03-28,held_ua,A,x,",
            "pokrovsk,2025-02-30,held_ua,A,x,",
            "pokrovsk,2025-03-28,taken,A,x,",
            "pokrovsk,2025-03-28,held_ua,Z,x,",
            "pokrovsk,2025-03-28,held_ua,A,,",
            "pokrovsk,2025-03-28,held_ua,A,x,",
            "pokrovsk,2025-03-28,occupied,A,x,",
            "zhuravka-shostka,2025-03-28,held_ua,A,x,",
        )
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [f"claims.csv, line {n}" for n in (2, 3, 4, 5, 6, 8, 9)]
    assert "did you mean 'pokrovsk'?" in lines[0]
    assert "no date" in lines[1]
    assert "status 'taken' is none of" in lines[2]
    assert "line 7 already says held_ua" in lines[5]
    assert "no coordinates" in lines[6]


def test_a_place_outside_the_theatre_is_refused(tmp_path, monkeypatch):
    box = (21.0, 43.0, 36.0, 54.0)
    theatre = shipped().theatre()
    monkeypatch.setattr(type(theatre), "box", property(lambda _: box), raising=False)
    with pytest.raises(InputError, match="outside the theatre"):
        read(tmp_path, "pokrovsk,2025-03-28,held_ua,A,x,")


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("settlement_id,date,status\n", "utf-8")
    with pytest.raises(InputError, match="the column evidence is missing"):
        claims.read(path, shipped())


def test_wrong_waypoints_and_rules_are_named(tmp_path):
    pins, rules = tmp_path / "pins.csv", tmp_path / "rules.csv"
    pins.write_text("date,from_id,to_id,fraction,note\n2025-03-28,pokrovsk,toretsk,1.5,\n", "utf-8")
    with pytest.raises(InputError, match=r"pins\.csv, line 2: fraction '1.5' is not between 0 and 1"):
        read(tmp_path, "pokrovsk,2025-03-28,held_ua,A,x,", waypoints=pins)
    rules.write_text("name,status,valid_from,valid_to,where,evidence,source,note\nx,occupied,,,UA-99,A,x,\n", "utf-8")
    with pytest.raises(InputError, match=r"rules\.csv, line 2: where 'UA-99' is neither unit ids nor a ring"):
        read(tmp_path, "pokrovsk,2025-03-28,held_ua,A,x,", rules=rules)


def test_before_the_first_claim_there_is_no_answer(tmp_path):
    found = read(tmp_path, "pokrovsk,2025-03-28,held_ua,A,x,")
    assert found.latest(date(2025, 6, 1)) == date(2025, 3, 28)
    with pytest.raises(NotFoundError, match="the first claims are of 2025-03-28"):
        found.on(date(2025, 3, 27))
