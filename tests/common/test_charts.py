"""Charts say in words what they show, and take any label."""

from xml.etree import ElementTree

from mobility.common.charts import Bar, bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 - our own text


def test_every_row_stands_in_the_title():
    root = parsed(bar_chart([Bar("Denmark", 3, 4, "3 of 4"), Bar("Spain", 1, 1, "1 of 1")], title="Stays"))
    assert root.find(f"{SVG}title").text == "Stays. Denmark: 3 of 4, Spain: 1 of 1"


def test_bars_share_one_scale():
    root = parsed(bar_chart([Bar("A", 2, 4, "x"), Bar("B", 1, 1, "y")], title="T"))
    widths = [int(rect.get("width")) for rect in root.findall(f"{SVG}rect")]
    assert widths == [280, 140, 70, 70]


def test_a_label_is_text_and_never_markup():
    svg = bar_chart([Bar("<script>&", 1, 1, "1")], title="T")
    assert "<script>" not in svg
    assert parsed(svg).find(f"{SVG}text").text == "<script>&"


def test_nothing_to_show_is_an_empty_chart():
    assert parsed(bar_chart([], title="Stays")).find(f"{SVG}title").text == "Stays"
