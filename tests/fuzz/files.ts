import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialiseEnsemble, inlineTasks, serialiseEnsemble, trainEnsemble } from '@daytrade/ensemble';
import { isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { CsvFolderProvider, createSyntheticExchange, inspectBars } from '@daytrade/market-data';
import { type BarColumns, seededRandom } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { openFolderBars, type Stores } from '@daytrade/storage';
import { mutate } from './mutate.ts';

/** A kind of file that the platform reads. */
interface FileKind {
  readonly name: string;
  readonly good: Uint8Array;
  /** Reads one as the platform does. */
  read(bytes: Uint8Array): Promise<unknown>;
  close?(): Promise<void>;
}

/** What became of the changed files of one kind. */
export interface FuzzedFiles {
  readonly kind: string;
  readonly taken: number;
  readonly refused: number;
  /** Failures that were no `DayTradeError`, or a bug: which file of the seed it was, and what was thrown. */
  readonly faults: readonly string[];
  /** Largest memory of the process meanwhile, and before, bytes. */
  readonly memory: { readonly before: number; readonly most: number };
}

const longestRead = 10_000;

/**
 * Reads changed files of every kind: CSV of bars in its forms and of symbols, parquet, model; the same seed
 * changes the same.
 */
export async function fuzzFiles(count: number, seed: number): Promise<FuzzedFiles[]> {
  const folder = await mkdtemp(join(tmpdir(), 'daytrade-fuzz-files-'));
  const results: FuzzedFiles[] = [];
  try {
    for (const makeKind of [...barForms, symbolsCsv, foreignParquet, parquet, model]) {
      const kind = await makeKind(folder);
      results.push(await fuzz(kind, count, seed));
      await kind.close?.();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}

async function fuzz(kind: FileKind, count: number, seed: number): Promise<FuzzedFiles> {
  const random = seededRandom(seed);
  const faults: string[] = [];
  const before = process.memoryUsage.rss();
  const outcome = { taken: 0, refused: 0, most: before };
  for (let index = 0; index < count; index += 1) {
    const bytes = mutate(kind.good, random);
    try {
      await unlessLate(kind.read(bytes));
      outcome.taken += 1;
    } catch (error) {
      if (isDayTradeError(error) && error.kind !== 'bug') outcome.refused += 1;
      else
        faults.push(`${kind.name} ${index} of seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    outcome.most = Math.max(outcome.most, process.memoryUsage.rss());
  }
  const { most, ...rest } = outcome;
  return { kind: kind.name, ...rest, faults, memory: { before, most } };
}

/** @throws Error when it takes so long that it counts as a hang */
async function unlessLate<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: no end within ${longestRead / 1000} s`)), longestRead);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const exchange = createSyntheticExchange({ seed: 7, symbols: 1 });
const bars: BarColumns = exchange.bars('0101', exchange.start, parseTradeDate('2022-12-30'));
const now = Date.parse('2026-11-27T00:00:00Z');

function csvText(): string {
  const rows = Array.from(bars.days.subarray(0, 250), (day, i) =>
    [dateOfDayNumber(day), bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]].join(','),
  );
  return ['date,open,high,low,close,volume', ...rows, ''].join('\n');
}

const encoded = (text: string) => new TextEncoder().encode(text);

/** Reads every symbol of a file of bars under a name. */
function barsAs(name: string, file: string, good: Uint8Array) {
  return async (folder: string): Promise<FileKind> => {
    const path = join(folder, file);
    await mkdir(path);
    // Slices of a buffer share its memory, and changes would pile up in the good one.
    return { name, good: new Uint8Array(good), read: async (bytes) => await readBars(path, file, bytes) };
  };
}

async function readBars(path: string, file: string, bytes: Uint8Array, tableText?: Stores['bars']['tableText']) {
  await writeFile(join(path, file), bytes);
  const provider = new CsvFolderProvider({ folder: path, tableText });
  const { sources } = await provider.list();
  const rows = await Promise.all(sources.slice(0, 3).map((source) => provider.read(source)));
  return rows.map((each) => inspectBars(each, now));
}

/** Two forms in which bars come as text. */
const barForms = [
  barsAs('CSV of bars', '7203.csv', encoded(csvText())),
  barsAs('CSV of many symbols', 'all.csv', encoded(withCodes(csvText()))),
];

/** Lines of several codes in turn, one of which is not a symbol. */
function withCodes(text: string): string {
  const codes = ['7203', '6501.T', '99840', 'N225'];
  const lines = text.trimEnd().split('\n');
  return lines.map((line, index) => `${index === 0 ? 'code' : codes[index % codes.length]!},${line}`).join('\n');
}

async function foreignParquet(folder: string): Promise<FileKind> {
  const store = await openFolderBars(join(folder, 'foreign'));
  await store.merge('7203', bars);
  const further = { symbol: '7203', price_basis: 'traded' };
  const path = join(folder, 'foreign-files');
  await mkdir(path);
  return {
    name: 'parquet of somebody else',
    good: new Uint8Array(await store.parquetFile('7203', '1d', {}, further)),
    read: async (bytes) => await readBars(path, 'all.parquet', bytes, (file, most) => store.tableText(file, most)),
    close: () => store.close(),
  };
}

async function symbolsCsv(folder: string): Promise<FileKind> {
  const path = join(folder, 'symbols');
  await mkdir(path);
  await writeFile(join(path, '7203.csv'), csvText());
  return {
    name: 'CSV of symbols',
    good: encoded(
      'symbol,name,group,sector\n7203.T,トヨタ自動車,large,輸送用機器\n6501,"日立, 製作所",TOPIX Mid400,\n',
    ),
    read: async (bytes) => {
      await writeFile(join(path, 'symbols.csv'), bytes);
      return await new CsvFolderProvider({ folder: path }).list();
    },
  };
}

async function parquet(folder: string): Promise<FileKind> {
  const path = join(folder, 'bars');
  const store = await openFolderBars(path);
  await store.merge('7203', bars);
  const [name] = await readdir(join(path, 'daily'));
  const file = join(path, 'daily', name!);
  return {
    name: 'parquet',
    good: new Uint8Array(await readFile(file)),
    read: async (bytes) => {
      await writeFile(file, bytes);
      // Whatever it is, the check names it or the bars are those that were written.
      await store.damaged([{ symbol: '7203' }], 'content');
      return await store.readPanel([{ symbol: parseSymbol('7203'), tickTable: 'standard', priceBasis: 'traded' }]);
    },
    close: () => store.close(),
  };
}

async function model(): Promise<FileKind> {
  const options = {
    judgedSessions: 60,
    warmUpSessions: 60,
    minimumTrainingSessions: 100,
    members: [{ name: 'ridge', kind: 'ridge', l2: 100 } as const],
  };
  const run = { runTask: inlineTasks, progress: () => undefined, now: () => 0 };
  const panel = noisePanel({ symbolCount: 4, sessionCount: 260, seed: 3 });
  const { ensemble } = await trainEnsemble(panel, options, run);
  return {
    name: 'model',
    good: serialiseEnsemble(ensemble),
    read: async (bytes) => deserialiseEnsemble(bytes),
  };
}
