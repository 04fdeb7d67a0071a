"""A report says the same figures as Markdown, HTML and JSON, and what a reader must know beside them."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from frontgis.history.sure import Range, Sure, SureChange
from frontgis.maps.words import km2, signed
from frontgis.model import Side, UsageError
from frontgis.render.compose import compose
from frontgis.render.html import report_html
from frontgis.render.report_json import report_json
from frontgis.render.report_text import report_markdown
from frontgis.render.view import sentences

ROOT = Path(__file__).parents[2]
VOID = {"meta", "link", "img", "br", "rect", "path"}


class Page(HTMLParser):
    """Read a page: its text, its tables' cells, its links, and whether each element is closed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.cells, self.words, self.attributes = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs
        if tag in {"td", "th"}:
            self.cells.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag, attrs):
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" in self.open:
            return
        self.words.append(data)
        if self.open and self.open[-1] in {"td", "th"}:
            self.cells[-1] += data


def pipe_cells(markdown):
    rows = (line for line in markdown.splitlines() if line.startswith("|") and ":--" not in line and "--:" not in line)
    return [cell.strip().strip("*").replace("\\", "") for row in rows for cell in row.strip("|").split("|")]


def figures(cells):
    return [cell for cell in cells if re.fullmatch(r"[+−]?[\d\xa0]+(\.\d)?( \(.+\))?", cell)]


def test_markdown_and_html_hold_the_same_figures_in_the_same_order(report):
    html, markdown = figures(Page(report_html(report)).cells), figures(pipe_cells(report_markdown(report)))
    assert html == markdown
    assert len(html) > 50


def ranged(said, figure, reasons):
    low = said(min(reason["low"] for reason in reasons.values()))
    high = said(max(reason["high"] for reason in reasons.values()))
    return said(figure) if low == high else f"{said(figure)} ({low} to {high})"


def test_a_range_is_shown_where_it_is_wider_than_the_rounding(report):
    rows = {row.name: row for row in report.by_unit}
    name = next(name for name, row in rows.items() if row.gained >= 10 and row.range.gained.whole.high > row.gained + 1)
    plain = replace(rows[name], range=SureChange(*(Sure(Range(x, x), Range(x, x + 0.01)) for x in (50.2, 0, 50.2))))
    sure = replace(report, by_unit=(replace(plain, gained=50.2, lost=0, net=50.2),), range=plain.range)
    assert f"| {name} | 50 | 0 | +50 |" in report_markdown(sure)
    assert "In brackets" in report_markdown(report)
    assert "In brackets" not in report_markdown(sure)
    shown = re.search(rf"\| {name} \| (\d+) \((\d+) to (\d+)\) \|", report_markdown(report))
    assert [int(part) for part in shown.groups()] == [
        round(x) for x in (rows[name].gained, rows[name].range.gained.whole.low, rows[name].range.gained.whole.high)
    ]


def test_by_other_units_the_ranges_are_of_the_totals_alone(history, credit, tmp_path):
    shapes = history.catalog.layer("oblasts").frame()[["id", "name", "geometry"]]
    shapes.to_file(tmp_path / "mine.gpkg")
    found = compose(history, "2024-03-08", "2024-04-04", credit=credit, units=str(tmp_path / "mine.gpkg"))
    assert {row.range for row in found.by_unit} == {None}
    assert found.range.gained.whole.high > found.figures.gained
    assert "Ranges are given for the totals only; by unit they can be told for oblasts." in found.notes


def test_the_figures_of_the_json_rounded_are_those_of_the_markdown(report):
    data = json.loads(report_json(report))
    cells = pipe_cells(report_markdown(report))
    for row in data["by_unit"]:
        if km2(row["gained"]) != "0":
            start = cells.index(row["name"])
            words = {"gained": km2, "lost": km2, "net": signed}
            expected = [ranged(said, row[name], row["range"][name]) for name, said in words.items()]
            assert cells[start + 1 : start + 5] == [*expected, km2(row["from_contested"])]
            assert row["net"] == pytest.approx(row["gained"] - row["lost"])
    assert f"gained {km2(data['gained'])}\xa0km² and lost {km2(data['lost'])}\xa0km²" in report_markdown(report)


def test_sums_by_unit_and_by_transition_are_the_figures_of_the_change(report, history):
    change = history.compare("2024-03-08", "2024-04-04")
    found = report.figures
    assert (found.gained, found.lost, found.net) == (change.gained_km2, change.lost_km2, change.net_km2)
    assert sum(row.gained for row in report.by_unit) == pytest.approx(found.gained, rel=1e-9)
    assert sum(row.lost for row in report.by_unit) == pytest.approx(found.lost, rel=1e-9)
    assert sum(row.from_contested for row in report.by_unit) == pytest.approx(found.gained_from_contested, rel=1e-9)


def test_the_json_keeps_its_published_schema(report):
    schema = json.loads((ROOT / "docs" / "schemas" / "report.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = json.loads(report_json(report))
    assert [error.message for error in validator.iter_errors(data)] == []
    assert list(validator.iter_errors(data | {"gained": None}))
    assert list(validator.iter_errors({key: data[key] for key in data if key != "boundary_set"}))


@pytest.mark.parametrize("draw", [report_markdown, report_html, lambda report: report_json(report).decode()])
def test_every_form_says_date_source_licence_boundaries_and_coarseness(report, draw):
    text = draw(report)
    for said in (
        "2024-04-04" if text.startswith("{") else "4 April 2024",
        report.credit.title,
        report.credit.licence,
        report.boundary_set,
        "invented",
        report.after.sha256,
        report.after.file,
    ):
        assert said in text


def test_net_is_only_said_with_that_word(report):
    text = " ".join(sentences(report))
    assert re.findall(r"[+−][\d\xa0.]+\s?km²", text) == [f"{signed(report.figures.net)}\xa0km²"]
    assert f"net {signed(report.figures.net)}" in text


def test_a_gap_is_an_interval(history, credit):
    report = compose(history, "2024-03-12", "2024-03-15", credit=credit, units="oblasts")
    assert report.before.as_of == report.after.as_of
    assert "No version of 2024-03-15: answered from 2024-03-12" in report_markdown(report)
    over = compose(history, "2024-03-12", "2024-03-16", credit=credit, units="oblasts")
    said = " ".join(sentences(over))
    assert "dates each change after 12, by 16 March 2024" in said
    assert "no map of their own" in said


def test_a_rewritten_version_is_said_to_be_a_correction(history, credit):
    text = report_markdown(compose(history, "2024-03-25", "2024-03-26", credit=credit, units="oblasts"))
    assert "Corrected: the source wrote its map of 26 March 2024 2 times" in text
    assert "published 31 March 2024, 03:00 UTC" in text


@pytest.mark.parametrize(("a", "b"), [("2024-03-05", "2024-03-06"), ("2024-03-22", "2024-03-23"), ("first", "first")])
def test_unchanged_and_rounded_days_and_one_date_are_no_change(history, credit, a, b):
    report = compose(history, a, b, credit=credit, units="oblasts")
    assert "**No change of ground held by Tarsk.**" in report_markdown(report)
    assert Page(report_html(report)).open == []


def test_dates_the_wrong_way_round_are_refused_with_the_right_way(history, credit):
    with pytest.raises(UsageError, match="did you mean 2024-03-08 2024-04-04"):
        compose(history, "2024-04-04", "2024-03-08", credit=credit, units="oblasts")


def test_the_other_side_can_be_counted(history, credit):
    report = compose(history, "2024-03-16", "2024-03-17", credit=credit, units="oblasts", side=Side.UA)
    assert "Merevia" in report_markdown(report).splitlines()[2]
    assert report.figures.lost > 100
    assert report.figures.gained == 0


def test_hostile_names_stay_text(report):
    evil = "<img src=x onerror=alert(1)>|`*"
    place = replace(report.settlements[0], name=evil)
    credit = replace(report.credit, notice=evil)
    hostile = replace(report, credit=credit, settlements=(place,), notes=(evil,), theatre=evil)
    page = Page(report_html(hostile))
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "".join(page.words).count(evil) >= 3
    markdown = report_markdown(hostile)
    assert "<img" not in markdown
    widths = {
        len(re.findall(r"(?<!\\)\|", line)) for line in markdown.splitlines() if "onerror" in line and line[0] == "|"
    }
    assert widths == {6}


def test_the_page_is_whole_and_asks_nobody(report):
    page = Page(report_html(report, picture="<svg xmlns='http://www.w3.org/2000/svg'/>", home="../index.html"))
    assert page.open == []
    addresses = [value for name, value in page.attributes if name in {"href", "src"}]
    assert addresses
    assert not [address for address in addresses if re.match(r"https?:|//", address)]
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]


def test_the_policy_names_the_hash_of_the_one_style(report):
    import base64
    import hashlib

    html = report_html(report)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest.replace('+', '&#43;')}'".replace("&#43;", "+") in html.replace(
        "&#43;", "+"
    ).replace("&#39;", "'")
