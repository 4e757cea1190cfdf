"""Whether a place on the map can be right, of a school of a country."""

from kit.maps.shapes import is_far_from

FAR, SWAPPED = "place_far", "place_swapped"


def what_is_odd(country: str, latitude: float, longitude: float) -> str:
    """Why this place is asked about: it is far from its country, or would be in it the other way round."""
    if not is_far_from(country, latitude, longitude):
        return ""
    is_swapped = abs(longitude) <= 90 and not is_far_from(country, longitude, latitude)
    return SWAPPED if is_swapped else FAR
