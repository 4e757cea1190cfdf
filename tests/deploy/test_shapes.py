"""Shapes of countries lose what nobody sees, and still meet."""

from deploy.shapes import shapes, thinned, whole
from kit.maps.mercator import AROUND, PARTS

ATLAS = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[0, 0], [10, 0]], [[10, 0], [0, 10], [-10, -10]], [[10, 0], [-5, -10], [-5, 10]], [[0, 0], [1, 1]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "203", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"name": "Kosovo"}, "arcs": [[[-1, 2]]]},
                {"type": "Polygon", "id": "010", "arcs": [[3]]},
                {"type": "Polygon", "properties": {"name": "Siachen Glacier"}, "arcs": [[3]]},
            ]
        }
    },
}


def test_countries_share_their_border():
    made = shapes(ATLAS)
    assert made["countries"] == {"CZ": [[0, 1]], "XK": [[-1, 2]], "-": [[3]]}
    assert made["borders"] == [0]
    assert made["arcs"][0] == [0, 0, 10 * PARTS, 0]


def test_a_line_keeps_its_ends_and_its_corners():
    assert thinned([(0, 0), (5, 1), (10, 0), (10, 10), (11, 15), (10, 20)]) == [(0, 0), (10, 0), (10, 20)]
    assert thinned([(0, 0), (9, 9), (0, 0)]) == [(0, 0), (9, 9), (0, 0)]


def test_a_line_goes_on_beyond_the_edge_of_the_world():
    edge = AROUND // 2
    assert whole([(edge - 2, 0), (-edge + 2, 0)]) == [(edge - 2, 0), (edge + 2, 0)]
