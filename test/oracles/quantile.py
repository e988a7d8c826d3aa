"""Quantiles by NumPy, for test/quantile.test.ts: python test/oracles/quantile.py > test/oracles/quantile.json"""

import json
import warnings

import numpy as np

warnings.simplefilter("ignore")
rng = np.random.default_rng(1)
METHODS = ["linear", "lower", "higher", "nearest", "midpoint"]
QS = [0, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 1]
CASES = [
    ([1], None),
    ([2], 0),
    ([7], None),
    ([8], 0),
    ([3, 5], None),
    ([3, 5], 0),
    ([2, 3, 4], 1),
    ([2, 3, 4], -1),
]


def plain(value):
    """As JSON, with null for NaN."""
    rounded = np.asarray(value, np.float32).astype(float)
    return np.where(np.isnan(rounded), None, rounded).tolist()


cases = []
for shape, axis in CASES:
    for ties in [False, True]:
        x = rng.integers(-3, 4, shape) if ties else rng.normal(size=shape)
        x = x.astype(np.float32)
        for method in METHODS:
            values = np.quantile(x.astype(float), QS, axis=axis, method=method)
            cases.append({"x": plain(x), "axis": axis, "method": method, "values": plain(values)})

withNaN = np.array([[1, np.nan, 3, 2], [4, 1, 3, 2]])
cases.append({"x": plain(withNaN), "axis": 1, "method": "linear", "values": plain(np.quantile(withNaN, QS, axis=1))})
print(json.dumps({"qs": QS, "cases": cases}))
