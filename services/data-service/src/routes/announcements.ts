import { type AnnouncementImport, routes } from '@daytrade/contracts';
import { compareText, parseTradeDate } from '@daytrade/market';
import { readAnnouncementFile } from '@daytrade/market-data';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';

const [firstDay, lastDay] = [parseTradeDate('1900-01-01'), parseTradeDate('9999-12-31')];
/** The table's column holds no more. */
const longestSource = 64;

export function addAnnouncementRoutes(service: Service, { stores, clock }: DataServiceDependencies): void {
  addRoute(service, routes.announcements, async ({ query: { from = firstDay, to = lastDay } }) => {
    const symbols = await stores.symbols.list();
    const names = new Map<string, string>(symbols.map(({ symbol, name }) => [symbol, name]));
    const known = await stores.announcements.between(from, to);
    const made = new Set(known.flatMap(({ symbol, date, kind }) => (kind === 'made' ? [`${symbol} ${date}`] : [])));
    const shown = known.filter(
      ({ symbol, date, kind, knownUntil }) =>
        names.has(symbol) && (kind === 'made' || (knownUntil === null && !made.has(`${symbol} ${date}`))),
    );
    return {
      announcements: shown
        .map(({ symbol, date, kind, time, knownSince }) => {
          return { symbol, name: names.get(symbol)!, date, kind, time, knownSince };
        })
        .sort((one, other) => compareText(one.date + one.symbol, other.date + other.symbol)),
    };
  });

  addBytesRoute(service, routes.importAnnouncements, 'a CSV file', async ({ query }, bytes) =>
    importAnnouncements(stores, { file: query.file, bytes, dryRun: query.dryRun === 'true', now: clock.now() }),
  );
}

interface AnnouncementFileImport {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  readonly now: number;
}

/** Takes a file of earnings dates into the store, all of it or, with a bad row, nothing. */
async function importAnnouncements(
  { announcements }: Pick<DataServiceDependencies['stores'], 'announcements'>,
  { file, bytes, dryRun, now }: AnnouncementFileImport,
): Promise<AnnouncementImport> {
  const read = await readAnnouncementFile(bytes, file, now);
  const days = read.announcements.map(({ date }) => date).sort();
  const [firstDate = null, lastDate = null] = [days[0], days.at(-1)];
  const stored = firstDate === null ? [] : await announcements.between(firstDate, lastDate!);
  const keyOf = ({ symbol, date, kind }: (typeof read.announcements)[number]) => `${symbol} ${date} ${kind}`;
  const before = new Set(stored.map(keyOf));
  const written = !dryRun && read.faults.length === 0;
  const source = file.slice(0, longestSource);
  if (written) await announcements.upsertMany(read.announcements.map((one) => ({ ...one, source })));
  return {
    file,
    dryRun,
    written,
    rows: read.rows,
    symbols: new Set(read.announcements.map(({ symbol }) => symbol)).size,
    days: days.length,
    added: read.announcements.filter((one) => !before.has(keyOf(one))).length,
    moved: read.announcements.filter(({ knownUntil }) => knownUntil !== null).length,
    firstDate,
    lastDate,
    faults: read.faults.map(({ line, message }) => ({ line, message: `${file} line ${line}: ${message}` })),
  };
}
