import { uploadIdSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { japanDate, japanTime, parseSymbol } from '@daytrade/market';
import { barMilliseconds, barValues } from '@daytrade/series';
import { z } from 'zod';
import type { BarProvider, BarSource } from '../../provider.ts';
import { masterOf } from '../../symbols/symbol-table.ts';
import { csvFields, csvLines, csvRow } from '../../tables/lines.ts';
import type { ProviderContext, ProviderDefinition } from '../definition.ts';
import type { SymbolRecording } from './recorder.ts';

const kabuStationRequest = z.strictObject({
  provider: z.literal('kabu-station'),
  upload: uploadIdSchema.describe('Bars and gaps that `daytrade record kabu` has sent to /v1/uploads'),
});
type KabuStationRequest = z.infer<typeof kabuStationRequest>;

const howToRecord =
  'kabu-station: `daytrade record kabu` records its bars while the session runs; they are not fetched';

/** 5-minute bars of the running day, recorded from the stream of prices of kabu STATION. */
export const kabuStation: ProviderDefinition<KabuStationRequest> = {
  name: 'kabu-station',
  title: 'kabu STATION',
  request: kabuStationRequest,
  settings: ['DAYTRADE_KABU_URL', 'DAYTRADE_KABU_PASSWORD', 'DAYTRADE_KABU_PASSWORD_FILE'],
  help: `${howToRecord}.`,
  options: [],
  setup: { questions: [] },
  incremental: false,
  listedBeforeRun: true,
  open,
  defaults: () => {
    throw new DayTradeError('input.invalid', howToRecord);
  },
  lacking: () => `expected another provider; ${howToRecord}`,
  configured: () => undefined,
  repeated: () => undefined,
  hasNews: () => Promise.resolve(false),
  repair: () => [],
};

/** Name of the one file of an upload. */
export const recordedName = 'kabu-station.csv';

/** Returns CSV of symbol, beginning, open, high, low, close, volume; of a gap the reason in the place of prices. */
export function recordedText(recorded: readonly SymbolRecording[]): string {
  const rows = recorded.flatMap(({ symbol, bars, gaps }) => [
    ...bars.map(({ begin, open: first, high, low, close, volume }) => [symbol, begin, first, high, low, close, volume]),
    ...gaps.map(({ begin, reason }) => [symbol, begin, reason]),
  ]);
  return rows.map((row) => `${csvRow(row)}\n`).join('');
}

function open({ upload }: KabuStationRequest, { uploads, storedIntraday }: ProviderContext): BarProvider {
  let rows: string[][] = [];
  const list = async () => {
    const files = uploads(upload);
    await files.list();
    const text = new TextDecoder().decode(await files.read({ name: recordedName, file: recordedName }));
    rows = Array.from(csvLines(text), (line) => csvFields(line.text));
    const sources = Array.from(new Map(rows.map((row) => [row[0]!, japanDate(Number(row[1]))])), ([symbol, day]) => {
      return { symbol: parseSymbol(symbol), interval: '5m' as const, file: `kabu STATION ${day}` };
    });
    return { sources, skipped: [] };
  };
  const read = async ({ symbol, file }: BarSource) => {
    const own = rows.filter(([code]) => code === symbol);
    const bars = own.filter(({ length }) => length > 3);
    const column = (index: number) => Float64Array.from(bars, (row) => Number(row[index]));
    const days = own.map((row) => japanDate(Number(row[1]))).toSorted();
    // A restart marks a gap for a bar that was recorded before it: a stored bar is no gap.
    const stored = new Set(await storedIntraday(symbol, { from: days[0]!, to: days.at(-1)! }));
    const gaps = own.filter((row) => row.length === 3 && !stored.has(Number(row[1])));
    return {
      master: masterOf(symbol),
      interval: '5m' as const,
      file,
      priceBasis: 'traded' as const,
      times: column(1),
      ...barValues((_name, index) => column(index + 2)),
      lines: Int32Array.from(column(1), (begin) => begin / barMilliseconds),
      rowText: (index: number) => csvRow(bars[index]!),
      malformed: gaps.map((row) => {
        const [begin, message] = [Number(row[1]), row[2]!];
        const date = `${japanDate(begin)} ${japanTime(begin)}+09:00`;
        return { line: begin / barMilliseconds, date, reason: 'gap' as const, message, row: csvRow(row) };
      }),
      rowsWithoutTrade: 0,
    };
  };
  return { name: 'kabu-station', synthetic: false, incremental: true, list, read };
}
