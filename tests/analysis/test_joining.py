"""Labels spread by the shortest links: the same as joining links one by one, and steady under what agrees."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from frontgis.geo.joining import joined

NODES = 9

links = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(1, 6)).filter(lambda x: x[0] != x[1]),
    min_size=1,
    max_size=24,
)
labels = st.lists(st.integers(-1, 2), min_size=NODES, max_size=NODES).map(np.array)


def arrays(found):
    return np.array([link[:2] for link in found]), np.array([float(link[2]) for link in found])


def one_by_one(label, pairs, length):
    """Join the shortest link first, never two labelled groups (Kruskal 1956)."""
    parent, of = list(range(len(label))), list(label)

    def root(node):
        while parent[node] != node:
            node = parent[node]
        return node

    for index in np.lexsort((pairs[:, 1], pairs[:, 0], length)):
        one, other = sorted((root(pairs[index, 0]), root(pairs[index, 1])), key=lambda node: of[node] < 0)
        if one != other and (of[one] < 0 or of[other] < 0):
            parent[other] = one
    return np.array([of[root(node)] for node in range(len(label))])


@given(labels, links)
def test_it_joins_as_one_link_after_another_would(label, found):
    assert (joined(label, *arrays(found)) == one_by_one(label, *arrays(found))).all()


@given(labels, links, st.integers(0, NODES - 1))
def test_a_label_that_agrees_changes_nothing(label, found, node):
    before = joined(label, *arrays(found))
    label = label.copy()
    label[node] = before[node]
    assert (joined(label, *arrays(found)) == before).all()
