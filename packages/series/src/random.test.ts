import { describe, expect, it } from 'vitest';
import { deriveSeed, normalDistribution, normalQuantile, resampleBlocks, seededRandom } from './random.ts';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [3, 0.9986501019683699],
    [7, 0.99999999999872],
    [5.5, 0.9999999810104375],
    [6, 0.9999999990134123],
    [6.5, 0.99999999995984],
    [-7, 1.279812543885835e-12],
    [40, 1],
  ])('at %f is %f', (x, share) => {
    expect(normalDistribution(x)).toBeCloseTo(share, 14);
  });

  it('has its quantiles', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(normalDistribution(-2.5))).toBeCloseTo(-2.5, 9);
  });
});

describe('random numbers from a seed', () => {
  // The published C of Mulberry32, run with these seeds.
  it.each([
    [0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]],
    [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]],
  ])('are those of Mulberry32 with the seed %i', (seed, expected) => {
    const random = seededRandom(seed);
    expect([random(), random(), random()]).toEqual(expected);
  });

  it('are the same for a seed of 32 bits and for one above them', () => {
    expect([seededRandom(-1)(), seededRandom(2 ** 32 + 1)()]).toEqual([0.8964226141106337, seededRandom(1)()]);
  });

  // The same arithmetic in Python, on whole numbers modulo 2^32.
  it.each([
    [7, [], 2654435774],
    [7, [0], 477890947],
    [7, [1, 2], 3262922802],
    [0, [4_294_967_295], 3713564832],
  ])('of the seed %i and the place %j have the seed %i', (seed, place, expected) => {
    expect(deriveSeed(seed, ...place)).toBe(expected);
  });

  it('differ for each part of a run, and are the same again', () => {
    const places = [[], [0], [1], [2], [0, 0], [0, 1], [1, 0], [1, 1]];
    const seeds = places.map((place) => deriveSeed(7, ...place));
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(places.map((place) => deriveSeed(7, ...place))).toEqual(seeds);
    expect(places.map((place) => deriveSeed(8, ...place)).some((seed, i) => seed === seeds[i])).toBe(false);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });
});

it.each([
  [0, 0],
  [1, 1],
  [10, 1],
  [11, 2],
  [20, 2],
  [30, 3],
])('%i days are drawn with %i random numbers, one a block', (days, draws) => {
  let drawn = 0;
  const taken: number[] = [];
  const random = () => {
    drawn += 1;
    return 0;
  };
  resampleBlocks(days, random, (day) => taken.push(day));
  expect(drawn).toBe(draws);
  expect(taken).toEqual(Array.from({ length: days }, (_, i) => i % 10));
});

it('days are drawn in blocks of 10 that go round at the end, as many as there are', () => {
  const starts = [0.5, 0.96, 0];
  const drawn: number[] = [];
  resampleBlocks(
    25,
    () => starts.shift()!,
    (day) => drawn.push(day),
  );
  const blocks = [
    [12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    [24, 0, 1, 2, 3, 4, 5, 6, 7, 8],
    [0, 1, 2, 3, 4],
  ];
  expect(drawn).toEqual(blocks.flat());
});
