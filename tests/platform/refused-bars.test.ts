import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { symbolListSchema } from '@daytrade/contracts';
import { japanDate, nextSession } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Installation } from '../support/installation.ts';
import { stopEverything, temporaryFolder } from '../support/running-process.ts';
import { barHeader } from './made-bars.ts';

afterAll(stopEverything);

describe('an import that is refused', () => {
  const installation = new Installation('refused-bars');
  const folder = temporaryFolder('refused-bars');
  const days = ['06', '07', '08', '09', '10', '14', '15', '16', '17'];
  const adjusted = days.map((day) => `2025-01-${day},987.13,1001.37,980.61,990.17,100`);
  const original = file('original', ...adjusted);

  function file(name: string, ...rows: readonly string[]): string {
    mkdirSync(join(folder, name));
    const path = join(folder, name, '7203.T.csv');
    writeFileSync(path, [barHeader, ...rows, ''].join('\n'));
    return path;
  }

  beforeAll(async () => {
    expect((await installation.here('import', original)).exitCode).toBe(0);
  });

  it('leaves the symbol as it was, so that its true source is taken afterwards', async () => {
    const before = await installation.readHere(symbolListSchema, 'symbols', 'list');
    expect(before.symbols).toMatchObject([{ symbol: '7203', priceBasis: 'fully-adjusted', bars: 9 }]);
    const refused = await installation.here('import', file('slash', '06/01/2025,1,1,1,1,1', '07/01/2025,1,1,1,1,1'));
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('"06/01/2025" can be read as 2025-01-06 (day first) or 2025-06-01 (month first)');
    expect(await installation.readHere(symbolListSchema, 'symbols', 'list')).toEqual(before);
    const again = await installation.here('import', original);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/bars unchanged +9/) });
  });

  it('keeps out the bar of a session that is not over, and says when it ends', async () => {
    const next = nextSession(japanDate(Date.now()));
    const refused = await installation.here('import', file('future', `${next},987.13,1001.37,980.61,990.17,100`));
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(new RegExp(`the session of ${next} ends at \\d\\d:\\d\\d in Japan`));
  });
});
