import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CsvFolderProvider, inspectBars } from '@daytrade/market-data';
import { afterAll, describe, expect, it } from 'vitest';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';

/** After every bar of the data. */
const now = Date.parse('2026-11-27T00:00:00Z');
const found: string[] = [];
afterAll(() => void process.stdout.write(`${found.join('\n')}\n`));

type Row = Readonly<Record<'date' | 'open' | 'high' | 'low' | 'close' | 'volume', string>>;
type IsDirty = (row: Row, before: ReadonlySet<string>) => boolean;

/** What is known to be wrong, by other code than that of the gate, which knows the exchange. */
const filledIn: IsDirty = ({ open, high, low, close, volume }) =>
  Number(volume) === 0 && open === high && high === low && low === close;
const closeOutside: IsDirty = ({ date, low, high, close }) =>
  date === '2022-05-17' && (Number(close) > Number(high) + 0.011 || Number(close) < Number(low) - 0.011);
const impossible: IsDirty = ({ open, high, low, close }) =>
  [open, high, low, close].some((price) => Number(price) <= 0 || Number(price) > 1e9);
const repeated: IsDirty = ({ date }, before) => before.has(date);

/** The lines of a file that are dirty by one of the rules; the header is line 1. */
function dirtyLines(text: string, rules: readonly IsDirty[]): Set<number> {
  const [header, ...lines] = text.trimEnd().split('\n');
  const names = header!.split(',');
  const before = new Set<string>();
  const dirty = new Set<number>();
  for (const [index, line] of lines.entries()) {
    const fields = line.split(',');
    const field = (name: string) => fields[names.indexOf(name)]!;
    const [date, open, high, low, close, volume] = ['date', 'open', 'high', 'low', 'close', 'volume'].map(field);
    const row = { date: date!, open: open!, high: high!, low: low!, close: close!, volume: volume! };
    if (rules.some((rule) => rule(row, before))) dirty.add(index + 2);
    before.add(row.date);
  }
  return dirty;
}

/** Compares the rows that the gate keeps out of a folder with the dirty ones, and notes the figures. */
async function judge(what: string, folder: string, rules: readonly IsDirty[]) {
  const provider = new CsvFolderProvider({ folder });
  const { sources } = await provider.list();
  const counts = { rows: 0, dirty: 0, keptOut: 0, both: 0 };
  for (const source of sources) {
    const text = readFileSync(join(folder, basename(source.file)), 'utf8');
    const dirty = dirtyLines(text, rules);
    const rows = await provider.read(source);
    const keptOut = inspectBars(rows, now).entries.filter(({ severity }) => severity === 'quarantined');
    counts.rows += rows.times.length;
    counts.dirty += dirty.size;
    counts.keptOut += keptOut.length;
    counts.both += keptOut.filter(({ line }) => dirty.has(line)).length;
  }
  const { rows, dirty, keptOut, both } = counts;
  const [precision, recall] = [both / keptOut, both / dirty];
  found.push(`${what}: ${rows} rows, ${dirty} dirty, ${keptOut} kept out; precision ${precision}, recall ${recall}`);
  return { precision, recall, dirty };
}

describe.skipIf(!hasRealBars)(`the quality gate keeps out exactly the dirty rows${needsRealBars}`, () => {
  it.each<readonly [string, string, readonly IsDirty[], number]>([
    ['2013 to 2024', 'daily-2013-2024-raw', [filledIn, closeOutside], 842],
    ['2021 to 2025', 'daily-2021-2025-adjusted', [closeOutside], 5],
    ['2021 to 2025, more symbols', 'daily-2021-2025-adjusted-wide', [filledIn, closeOutside], 14],
    ['a defective file', 'defective', [impossible], 430],
  ])('of %s', async (what, folder, rules, dirty) => {
    expect(await judge(what, realBars('tse', folder), rules)).toEqual({ precision: 1, recall: 1, dirty });
  });

  it('of files in which rows were repeated', async () => {
    const source = realBars('tse', 'daily-2021-2025-adjusted');
    const folder = mkdtempSync(join(tmpdir(), 'daytrade-repeated-'));
    for (const name of readdirSync(source)
      .filter((each) => each.endsWith('.csv'))
      .slice(0, 20)) {
      const [header, ...lines] = readFileSync(join(source, name), 'utf8').trimEnd().split('\n');
      const doubled = lines.flatMap((line, index) => (index % 50 === 7 ? [line, line] : [line]));
      writeFileSync(join(folder, name), [header, ...doubled, ''].join('\n'));
    }
    const judged = await judge('repeated dates', folder, [closeOutside, repeated]);
    rmSync(folder, { recursive: true });
    expect(judged).toMatchObject({ precision: 1, recall: 1 });
    expect(judged.dirty).toBeGreaterThan(400);
  });
});
