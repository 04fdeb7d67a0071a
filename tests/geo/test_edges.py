"""Two ways to the difference of two boundaries: as they are drawn, and of their sorted edges."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.geo import edges

corners = st.tuples(st.integers(0, 6), st.integers(0, 6))
boxes = st.lists(st.builds(lambda at, size: shapely.box(*at, at[0] + size, at[1] + size), corners, st.integers(1, 4)))


@given(boxes, boxes, boxes, boxes)
def test_what_two_maps_draw_alike_can_be_left_unsorted(head, tail, one, other):
    before, after = [*head, *one, *tail], [*head, *other, *tail]
    found = edges.between(edges.course(before), edges.course(after))
    wanted = edges.difference(edges.of(before), edges.of(after))
    assert all(np.array_equal(getattr(found, name), getattr(wanted, name)) for name in ("low", "high", "count"))


@given(boxes, boxes)
def test_the_difference_added_to_one_makes_the_other(before, after):
    changed = edges.between(edges.course(before), edges.course(after))
    found, wanted = edges.total([edges.of(before), changed]), edges.of(after)
    assert all(np.array_equal(getattr(found, name), getattr(wanted, name)) for name in ("low", "high", "count"))
