import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { englishCompany, englishSector } from './english-names.ts';

const register = readFileSync(
  join(import.meta.dirname, '../../../../../packages/market-data/src/providers/synthetic/companies.ts'),
  'utf8',
);
const rows = [...register.matchAll(/^ {2}\[('.*')\],$/gm)].map(([, row = '']) => row.slice(1, -1).split("', '"));
const epithets = [...register.matchAll(/^ {2}'(\p{Script=Hiragana}*)',$/gmu)].map(([, epithet = '']) => epithet);

it('has an English name for every sector and company of the synthetic exchange, each another one', () => {
  expect(rows).toHaveLength(24);
  expect(epithets).toHaveLength(13);
  const named = rows.flatMap(([, ...businesses]) =>
    epithets.flatMap((epithet) => businesses.map((business) => englishCompany(`架空${epithet}${business}`))),
  );
  expect(named).not.toContain(undefined);
  expect(new Set(named).size).toBe(24 * 13 * 3);
  expect(rows.map(([sector = '']) => englishSector(sector))).not.toContain(undefined);
  expect(englishCompany('架空ひかり電機')).toBe('Fictional Hikari Electric');
});

it('leaves real companies as they are', () => {
  expect([englishCompany('トヨタ自動車'), englishSector('ETF')]).toEqual([undefined, undefined]);
});
