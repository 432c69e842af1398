import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pathOf } from './import.ts';

it('reads paths, a ~ that no shell has replaced, and no addresses', () => {
  expect(pathOf('bars')).toBe(resolve('bars'));
  expect(pathOf('~/bars')).toBe(join(homedir(), 'bars'));
  expect(pathOf('./~bars')).toBe(resolve('~bars'));
  expect(() => pathOf('https://example.com/7203.csv')).toThrow('is an address; download its files');
});
