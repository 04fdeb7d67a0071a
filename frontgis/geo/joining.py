"""Joining on a graph: what has no label takes that of the labelled it hangs together with by the shortest links."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]


def joined(label: Numbers, pairs: Numbers, length: Floats) -> Numbers:
    """Return labels (−1 where there is none) spread over links (n × 2, with lengths) by the minimum spanning forest.

    Every group of nodes without a label joins along its shortest link out, until it meets a label (Borůvka 1926;
    watersheds as forests: Cousty and others 2009). Two labels so part at the longest link between them, and a
    further label that agrees with what a node has already got changes no other node. What no link joins keeps −1.

    >>> joined(np.array([0, -1, -1, 1]), np.array([[0, 1], [1, 2], [2, 3]]), np.array([1.0, 5.0, 2.0]))
    array([0, 0, 1, 1])
    """
    order = np.lexsort((pairs[:, 1], pairs[:, 0], length))
    pairs, rank = pairs[order], np.arange(len(pairs))
    group = np.arange(len(label))
    of_group = label.copy()
    while True:
        a, b = group[pairs[:, 0]], group[pairs[:, 1]]
        best = np.full(len(label), len(pairs))
        apart = a != b
        for ends in (a, b):
            np.minimum.at(best, ends[apart], rank[apart])
        free = np.flatnonzero((of_group == -1) & (best < len(pairs)) & (group == np.arange(len(label))))
        if not len(free):
            return np.asarray(of_group[group])
        group = _merged(group, free, a[best[free]] + b[best[free]] - free)


def _merged(group: Numbers, free: Numbers, onto: Numbers) -> Numbers:
    """Return groups after each free one went onto another; where two go onto each other the lesser stays."""
    target = np.arange(len(group))
    target[free] = onto
    mutual = (target[target] == np.arange(len(group))) & (target > np.arange(len(group)))
    target[mutual] = np.flatnonzero(mutual)
    while not np.array_equal(target, target[target]):
        target = target[target]
    return np.asarray(target[group])
