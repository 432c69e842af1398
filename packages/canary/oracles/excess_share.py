"""Signed roots of the likelihood ratio of two binomial shares that differ by a margin: excess_share.golden.json.

The share under the hypothesis is the root of Miettinen and Nurminen's cubic (Statistics in Medicine 4, 1985, appendix
I), which has a closed form; the package searches for it instead. Python's standard library alone:

    python3 packages/canary/oracles/excess_share.py
"""

import json
import math
import pathlib


def constrained(x1, n1, x2, n2, margin):
    """The second share that is most likely when the first is larger by the margin."""
    n = n1 + n2
    l3, l2 = n, (n1 + 2 * n2) * margin - n - x1 - x2
    l1 = (n2 * margin - n - 2 * x2) * margin + x1 + x2
    l0 = x2 * margin * (1 - margin)
    q = l2**3 / (3 * l3) ** 3 - l1 * l2 / (6 * l3**2) + l0 / (2 * l3)
    p = math.copysign(math.sqrt(max(0.0, l2**2 / (3 * l3) ** 2 - l1 / (3 * l3))), q)
    a = (math.pi + math.acos(max(-1.0, min(1.0, q / p**3 if p else 0.0)))) / 3
    return 2 * p * math.cos(a) - l2 / (3 * l3)


def log_likelihood(x, n, share):
    terms = [(x, share), (n - x, 1 - share)]
    return sum(count * math.log(part) for count, part in terms if count > 0)


def signed_root(x1, n1, x2, n2, margin):
    p2 = constrained(x1, n1, x2, n2, margin)
    free = log_likelihood(x1, n1, x1 / n1) + log_likelihood(x2, n2, x2 / n2)
    held = log_likelihood(x1, n1, p2 + margin) + log_likelihood(x2, n2, p2)
    sign = 1 if x1 / n1 - x2 / n2 >= margin else -1
    return sign * math.sqrt(max(0.0, 2 * (free - held)))


cases = [
    (25, 500, 20, 4500, 0.005),
    (2, 500, 10, 4500, 0.04),
    (480, 500, 200, 4500, 0.05),
    (40, 1000, 41, 1000, 0.05),
    (12, 600, 9, 600, 0.005),
    (300, 1000, 100, 1000, 0.1),
]
golden = [
    {"first": [x1, n1], "second": [x2, n2], "margin": margin, "root": signed_root(x1, n1, x2, n2, margin)}
    for x1, n1, x2, n2, margin in cases
]
path = pathlib.Path(__file__).with_name("excess_share.golden.json")
path.write_text(json.dumps(golden, indent=2) + "\n")
