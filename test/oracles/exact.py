"""Where L = sum(topk(W x, k)^2) is differentiable, decided with fractions, for certify to be compared with.

    python3 test/oracles/exact.py > test/oracles/exact.json

Nothing here knows the theorem. One-sided derivatives come from infinitesimals: at W + eD, each entry of y is a
pair (value, slope), ordered lexicographically, and the slope of the loss is the sum of 2 * value * slope over
the k largest pairs. The one-sided derivative is, up to a linear term and a sign, a convex function of the
direction (a maximum over the selections that a tie allows), so it is linear if and only if the slopes along D
and -D are opposite for every D of a basis.

Each case is one string, fields separated by "|":
    W, rows separated by ";" | x | k | differentiable in W, in x, as "yes" or "no" | selected | margin
and, if float32 changes one of the verdicts or the set of selected rows, the same three fields for W and x
rounded to float32, or "overflow". A margin is an exact decimal, or "none".
"""

import json
import random
import struct
from decimal import Context, Decimal
from fractions import Fraction

random.seed(16)
INFINITE = float("inf")


def products(W, x):
    return [sum((w * entry for w, entry in zip(row, x)), Fraction(0)) for row in W]


def selected(pairs, k):
    return sorted(range(len(pairs)), key=lambda i: [-part for part in pairs[i]] + [i])[:k]


def slope(y, dy, k):
    pairs = list(zip(y, dy))
    return sum(2 * y[i] * dy[i] for i in selected(pairs, k))


def is_differentiable(y, k, basis):
    return all(slope(y, dy, k) == -slope(y, [-entry for entry in dy], k) for dy in basis)


def decide(W, x, k):
    n, d = len(W), len(x)
    y = products(W, x)
    in_W = [[x[j] if row == i else Fraction(0) for row in range(n)] for i in range(n) for j in range(d)]
    in_x = [[row[j] for row in W] for j in range(d)]
    verdicts = ["yes" if is_differentiable(y, k, basis) else "no" for basis in (in_W, in_x)]
    indices = selected([(entry,) for entry in y], k)
    rest = [entry for i, entry in enumerate(y) if i not in indices]
    margin = min(y[i] for i in indices) - max(rest) if indices and rest else None
    return verdicts, indices, margin


def float32(text):
    value = float(text)  # as JavaScript reads it
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return INFINITE


def decimal(fraction):
    """The decimal expansion of a margin, which is finite."""
    if fraction is None:
        return "none"
    context = Context(prec=3000, Emin=-9999, Emax=9999)
    quotient = context.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))
    assert Fraction(quotient) == fraction
    return f"{quotient.normalize(context)}"


def write(W, x, k):
    typed = [";".join(" ".join(row) for row in W), " ".join(x), str(k)]
    exact = [[Fraction(text) for text in row] for row in (*W, x)]
    verdicts, indices, margin = decide(exact[:-1], exact[-1], k)
    fields = [*typed, *verdicts, " ".join(map(str, indices)), decimal(margin)]
    rounded = [[float32(text) for text in row] for row in (*W, x)]
    if any(abs(value) == INFINITE for row in rounded for value in row):
        return "|".join([*fields, "overflow"])
    rounded = [[Fraction(value) for value in row] for row in rounded]
    verdicts32, indices32, _ = decide(rounded[:-1], rounded[-1], k)
    if verdicts32 != verdicts or set(indices32) != set(indices):
        fields += [*verdicts32, " ".join(map(str, indices32))]
    return "|".join(fields)


def matrix(n, d, entry):
    return [[entry() for _ in range(d)] for _ in range(n)]


def shape():
    return random.choice([1, 2, 2, 3, 3, 4, 4, 5, 6]), random.randint(1, 4)


def how_many(n):
    return random.choice([0, n, *(4 * list(range(1, n)))])


def small():
    return str(random.randint(-3, 3))


def tenth():
    return random.choice(["0.1", "0.2", "0.3", "-0.1", "0.7", "1e-1", "+.2", "3E-1", "0.30", "1.1", "0"])


def two_places():
    return f"{random.uniform(-2, 2):.2f}"


def wide():
    digits = random.randint(-99, 99)
    return f"{digits}e{random.randint(-30, 30)}"


def tiny():
    return random.choice(["1e-30", "-1e-30", "2e-30", "1e-23", "3e-39", "1e-45", "1e-50", "0", "1"])


def huge():
    return random.choice(["1e400", "-1e400", "1e-400", "1", "3.5e38", "3.4e38", "2", "0"])


def integers_with_ties():
    n, d = shape()
    return matrix(n, d, small), [small() for _ in range(d)]


def decimals_as_typed():
    n, d = shape()
    return matrix(n, d, tenth), [random.choice(["1", "-1", "0.1", "3", "1.0"]) for _ in range(d)]


def generic():
    n, d = shape()
    return matrix(n, d, two_places), [two_places() for _ in range(d)]


def equal_rows():
    n, d = shape()
    rows = matrix(2, d, tenth)
    respelled = lambda text: text if "e" in text.lower() or "." not in text else text + "0"
    W = [[random.choice([text, respelled(text)]) for text in random.choice(rows)] for _ in range(n)]
    return W, [small() for _ in range(d)]


def near_ties():
    n, d = shape()
    base = [two_places() for _ in range(d)]
    nudge = lambda text: f"{Decimal(text) * (1 + random.randint(-2, 2) * Decimal('1e-9')):f}"
    return [[nudge(text) for text in base] for _ in range(n)], [random.choice(["1", "2"]) for _ in range(d)]


def cancellation():
    n = random.randint(2, 5)
    big = random.choice(["1e8", "1e16", "16777216", "1e25"])
    row = lambda: random.sample([big, random.choice(["1", "2", "1e-9"]), "-" + big], 3)
    return [row() for _ in range(n)], ["1", "1", "1"]


def underflow():
    n, d = shape()
    return matrix(n, d, tiny), [tiny() for _ in range(d)]


def wide_range():
    n, d = random.randint(1, 4), random.randint(1, 2)
    return matrix(n, d, wide), [wide() for _ in range(d)]


def beyond_float64():
    n, d = random.randint(1, 3), 1
    return matrix(n, d, huge), [random.choice(["1", "2", "1e-400", "0"]) for _ in range(d)]


def zero_x():
    n, d = shape()
    return matrix(n, d, tenth), [random.choice(["0", "-0", "0.0", "0e7"]) for _ in range(d)]


def orthogonal():
    """Rows with equal products that differ, and products that are 0."""
    n = random.randint(2, 6)
    value = random.choice([0, 0, 1, -2])
    row = lambda a: [str(a), str(value - a)]
    return [row(random.randint(-2, 2)) for _ in range(n)], ["1", "1"]


KINDS = {
    integers_with_ties: 450,
    decimals_as_typed: 500,
    generic: 150,
    equal_rows: 300,
    near_ties: 250,
    cancellation: 250,
    underflow: 300,
    wide_range: 150,
    beyond_float64: 30,
    zero_x: 70,
    orthogonal: 300,
}

cases = []
for kind, count in KINDS.items():
    seen = set()
    while len(seen) < count:
        W, x = kind()
        seen.add(write(W, x, how_many(len(W))))
    cases += sorted(seen)

command = "python3 test/oracles/exact.py > test/oracles/exact.json"
print(json.dumps({"command": command, "cases": cases}, indent=2))
