"""The rows of src/testing/simulated-data.ts: the same generator (xoshiro128** seeded by splitmix32), the same numbers."""

import numpy as np

MASK = 0xFFFFFFFF


def _rotate_left(x, bits):
    return ((x << bits) | (x >> (32 - bits))) & MASK


class Random:
    def __init__(self, seed):
        z = seed & MASK
        self.state = []
        for _ in range(4):
            z = (z + 0x9E3779B9) & MASK
            mixed = ((z ^ (z >> 16)) * 0x21F0AAAD) & MASK
            mixed = ((mixed ^ (mixed >> 15)) * 0x735A2D97) & MASK
            self.state.append(mixed ^ (mixed >> 15))

    def uniform(self):
        s = self.state
        result = (_rotate_left((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = _rotate_left(s[3], 11)
        return result / 2**32

    def normal(self):
        return (self.uniform() + self.uniform() + self.uniform() + self.uniform() - 2) * np.sqrt(3)


def simulate(rows, seed):
    random = Random(seed)
    x = np.empty((rows, 8))
    target, cls, positive, weight = (np.empty(rows) for _ in range(4))
    for row in range(rows):
        for f in range(8):
            x[row, f] = random.normal()
        missing = random.uniform() < 0.05
        v = x[row]
        signal = v[0] + abs(v[1]) + (v[2] if v[3] > 0 else -0.5 * v[2]) + (1 if missing else 0)
        target[row] = signal + random.normal()
        cls[row] = 1 if signal + random.normal() > 0.8 else 0
        positive[row] = (0.2 + v[0] * v[0] + (1 if v[4] > 0.5 else 0)) * (0.2 + 1.6 * random.uniform())
        weight[row] = 0.5 + random.uniform()
        if missing:
            x[row, 1] = np.nan
    return x, target, cls, positive, weight
