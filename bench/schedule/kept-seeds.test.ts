import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { KeptSeeds } from './kept-seeds.ts';
import type { SimulatedSeed } from './simulate-seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'day-trade-kept-seeds-'));
afterAll(() => rmSync(folder, { recursive: true }));

const counts = { due: 9, ran: 9, leftOut: 0, lost: 0, duplicates: 0, breaches: 0, firstBreach: undefined };
const failures = { crashes: 1, partitions: 2, outages: 3 };
const seed = (number: number): SimulatedSeed => ({ seed: number, policy: 'run-all', ...counts, ...failures });

it('has what an earlier run has kept, and not what that one was ended in the middle of', () => {
  const kept = new KeptSeeds(folder);
  expect(kept.count).toBe(0);
  kept.keep(seed(1));
  kept.keep(seed(2));
  const path = join(folder, readdirSync(folder)[0]!);
  appendFileSync(path, '{"seed":3,"pol');

  const later = new KeptSeeds(folder);
  expect([later.count, later.of(2), later.of(3)]).toEqual([2, seed(2), undefined]);
  later.keep(seed(3));
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  expect(new KeptSeeds(folder).of(3)).toEqual(seed(3));
});
