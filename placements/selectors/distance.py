"""From where to where a stay leads: the places that the office has chosen, else those that we suggest."""

from mobility.grants.distance import Place, find_place, search_places


def origin_of(placement) -> Place | None:
    """The place of departure that is kept, else the suggested one."""
    return find_place(placement.origin_place) or suggested_origin(placement)


def suggested_origin(placement) -> Place | None:
    """Where the apprentice lives, as the application says; else where the office is."""
    application, office = placement.application, placement.office
    names = [application.postal_place, application.municipality] if application else []
    return _first([*names, office.postal_place], office.country)


def suggested_venue(placement) -> Place | None:
    """The town of the host."""
    return _first([placement.host.city, placement.partner.city], placement.partner.country)


def _first(names, country):
    found = (search_places(name, country=country, limit=1) for name in names if name)
    return next((places[0] for places in found if places), None)
