import { expect, it } from 'vitest';
import { basisPoints, decimal, percent, priceDecimals, signedPercent, signedYen, yen } from './format.ts';

it.each([
  [yen(3025), '3,025'],
  [yen(742.3), '742.3'],
  [yen(1_234_567.5), '1,234,567.5'],
  [yen(null), '–'],
  [signedYen(1_234_567), '+1,234,567'],
  [signedYen(-12_000), '−12,000'],
  [signedYen(-0.4), '0'],
  [percent(0.9312), '93.1 %'],
  [percent(-0.012), '−1.2 %'],
  [percent(0.93, 0), '93 %'],
  [percent(null), '–'],
  [signedPercent(0.031), '+3.1 %'],
  [signedPercent(-0.031), '−3.1 %'],
  [signedPercent(-0.00001), '0 %'],
  [basisPoints(1052.4), '1,052'],
  [decimal(-0.0213, 3), '−0.021'],
])('shows %s', (shown, expected) => {
  expect(shown).toBe(expected);
});

it.each([
  [[1262, 1297.6, null], '1,262.0 1,297.6 –'],
  [[3025, null, 3030.04], '3,025 – 3,030'],
])('shows the prices %j together with the same decimals: %s', (prices, shown) => {
  expect(prices.map((price) => yen(price, priceDecimals(prices))).join(' ')).toBe(shown);
});
