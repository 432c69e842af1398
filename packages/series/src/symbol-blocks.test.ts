import fc from 'fast-check';
import { expect, it } from 'vitest';
import { symbolBlocks } from './plan-places.ts';

it('holds each symbol once, in even blocks of about the same width', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 200 }), (symbols, half) => {
      const blocks = symbolBlocks(symbols, 2 * half);
      let next = 0;
      for (const { first, width } of blocks) {
        expect(first).toBe(next);
        expect(width).toBeLessThanOrEqual(2 * half);
        next += width;
      }
      expect(next).toBe(symbols);
      const [widest] = blocks;
      for (const { width } of blocks.slice(0, -1)) expect([width, width % 2]).toEqual([widest!.width, 0]);
      expect(blocks).toHaveLength(symbols === 0 ? 1 : Math.ceil(symbols / widest!.width));
    }),
  );
});

it('is one block where all symbols fit into it, and has no symbol where there is none', () => {
  expect(symbolBlocks(255, 256)).toEqual([{ first: 0, width: 255 }]);
  expect(symbolBlocks(256, 256)).toEqual([{ first: 0, width: 256 }]);
  expect(symbolBlocks(257, 256)).toEqual([
    { first: 0, width: 130 },
    { first: 130, width: 127 },
  ]);
  expect(symbolBlocks(0, 256)).toEqual([{ first: 0, width: 0 }]);
});
