"""The rate tables are read whole, and what they lack is named."""

from decimal import Decimal

import pytest

from mobility.grants.rates import BadTable, MissingRate, _shipped, known_call_years, rate_table, read_table


def test_every_call_year_from_2021_to_2026_has_a_table():
    assert known_call_years() == [2026, 2025, 2024, 2023, 2022, 2021]
    assert [rate_table(year).call_year for year in known_call_years()] == known_call_years()


def test_a_year_without_a_table_is_named():
    with pytest.raises(MissingRate) as refusal:
        rate_table(2019)
    assert str(refusal.value) == (
        "The rate table of call year 2019 has no figure for this: all unit costs of the year."
    )


@pytest.mark.parametrize(
    ("km", "standard", "green"),
    [
        ("10", 28, 56),
        ("99.99", 28, 56),
        ("100", 211, 285),
        ("499", 211, 285),
        ("500", 309, 417),
        ("1365.28", 309, 417),  # Madrid to Rome, the Guide's own example
        ("1999.9", 309, 417),
        ("2000", 395, 535),
        ("2200", 395, 535),
        ("3000", 580, 785),
        ("4000", 1188, 1188),
        ("8000", 1735, 1735),
        ("19999", 1735, 1735),
    ],
)
def test_a_distance_falls_into_its_band_by_whole_kilometres(km, standard, green):
    band = rate_table(2026).band(Decimal(km))
    assert (band.amount(green=False), band.amount(green=True)) == (standard, green)


def test_below_ten_kilometres_there_is_no_band():
    assert rate_table(2026).band(Decimal("9.99")) is None


def test_a_band_without_a_green_amount_pays_the_standard_one():
    band = rate_table(2022).band(Decimal(50))
    assert (band.green, band.amount(green=True)) == (None, 23)


@pytest.mark.parametrize(
    ("km", "near"), [("498.9", False), ("499", True), ("500.4", True), ("501", True), ("501.01", False), ("9.5", True)]
)
def test_a_distance_within_a_kilometre_of_an_edge_is_marked(km, near):
    assert rate_table(2026).near_edge(Decimal(km)) is near


@pytest.mark.parametrize(("country", "group"), [("NO", 1), ("ES", 2), ("PL", 3), ("AT", 1), ("GB", 1)])
def test_countries_stand_in_their_group_of_2026(country, group):
    assert rate_table(2026).country_group(country) == group


def test_the_older_table_has_its_own_groups():
    assert (rate_table(2023).country_group("AT"), rate_table(2024).country_group("AT")) == (2, 1)


def test_a_country_outside_the_table_is_named():
    with pytest.raises(MissingRate, match="country group of BY"):
        rate_table(2026).country_group("BY")


def test_only_countries_outside_the_programme_are_not_associated():
    table = rate_table(2026)
    assert [table.is_non_associated(country) for country in ("GB", "CH", "ES", "NO", "TR")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_base_rate_has_its_range():
    assert rate_table(2026).base_rate_range("vet_learner", 2) == (41, 110)
    assert rate_table(2025).base_rate_range("vet_learner", 2) == (None, 110)


def test_a_missing_range_is_named():
    with pytest.raises(MissingRate, match="range of the daily rate, country group 4"):
        rate_table(2026).base_rate_range("vet_learner", 4)


def test_a_figure_that_the_older_table_lacks_is_never_zero():
    with pytest.raises(MissingRate, match="call year 2021 has no figure for this: linguistic support"):
        rate_table(2021).amount("linguistic_support", "linguistic support")


def test_days_and_percents_are_no_amounts():
    assert sorted(rate_table(2026).amounts) == [
        "course_fee_per_day",
        "inclusion_support_organisation",
        "linguistic_support",
        "preparatory_visit",
        "reinforced_linguistic_support_long_term",
    ]


def test_the_version_names_the_year_and_follows_the_figures():
    versions = {year: rate_table(year).version for year in known_call_years()}
    assert all(version.startswith(f"{year}-") for year, version in versions.items())
    digests = {year: version.split("-")[1] for year, version in versions.items()}
    assert digests[2024] == digests[2025]
    assert len({digests[2021], digests[2024], digests[2026]}) == 3


def test_the_amounts_of_support_say_how_far_they_can_be_trusted():
    tables = {year: rate_table(year).organisational for year in (2021, 2024, 2026)}
    assert {year: table["short_term_learner"].provenance for year, table in tables.items()} == {
        2021: "agency",
        2024: "agency",
        2026: "guide",
    }
    assert tables[2021]["long_term_learner"].provenance == "recalled"


BANDS = [
    {"min_km": 10, "max_km": 99, "standard": 28, "green": 56},
    {"min_km": 100, "max_km": None, "standard": 211, "green": None},
]


@pytest.mark.parametrize(
    ("bands", "reason"),
    [
        ([BANDS[0] | {"max_km": 98}, BANDS[1]], "Distance band 2: there is a gap between 98 and 100 km"),
        ([BANDS[0] | {"max_km": 100}, BANDS[1]], "Distance band 2: it overlaps the band before it"),
        ([BANDS[1], BANDS[0]], "Distance band 2: it overlaps the band before it"),
        ([BANDS[0]], "Distance band 1: the last band must have no upper end"),
        ([BANDS[0] | {"max_km": 9}, BANDS[1]], "Distance band 1: it ends before it begins"),
        ([BANDS[0], BANDS[1] | {"standard": -1}], "Distance band 2: an amount is below zero"),
        ([], "The table has no distance bands."),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused_with_the_row(bands, reason):
    raw = next(table for table in _shipped() if 2026 in table["call_years"]) | {"travel": bands}
    with pytest.raises(BadTable) as refusal:
        read_table(raw, 2026)
    assert str(refusal.value) == reason
