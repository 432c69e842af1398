import { hostname } from 'node:os';
import { isAbsolute } from 'node:path';
import type { FetchRequest } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, instantOf, lastClosedSession } from '@daytrade/market';
import { type BarProvider, CsvFolderProvider, CsvProvider, SyntheticProvider } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';
import { importRoot } from './import-root.ts';
import { jquantsProvider } from './jquants.ts';
import { storedIntraday } from './stored-intraday.ts';
import { UploadFiles } from './uploads/upload-files.ts';
import { yahooProvider } from './yahoo.ts';

/**
 * The provider that a request asks for. Where no end is given, synthetic daily bars go up to the last closed session,
 * and 5-minute bars up to now.
 *
 * @throws DayTradeError `input.invalid` for a folder that is not absolute, or a `to` that is not over;
 *   `data.folder-refused` where no path may be named; `settings.invalid` without the key of
 *   J-Quants, or where Yahoo is off
 */
export function providerFor(
  request: FetchRequest,
  dependencies: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): BarProvider {
  switch (request.provider) {
    case 'csv':
      return csvProvider(request, dependencies);
    case 'jquants':
      return jquantsProvider(request, dependencies);
    case 'synthetic':
      return syntheticProvider(request, dependencies);
    case 'yahoo':
      return yahooProvider(request, dependencies);
  }
}

function syntheticProvider(
  { symbols, seed, from, to, fiveMinuteSessions }: Extract<FetchRequest, { readonly provider: 'synthetic' }>,
  { clock, stores }: Pick<DataServiceDependencies, 'clock' | 'stores'>,
): BarProvider {
  const now = clock.now();
  const last = lastClosedSession(now);
  if (to !== undefined && to > last) {
    const expected = `a day up to the last closed session, ${last}`;
    throw new DayTradeError('input.invalid', `to: expected ${expected}, got ${JSON.stringify(to)}`, {
      details: { field: 'to', value: to, last },
    });
  }
  const until = to === undefined ? now : instantOf(addDays(to, 1), '00:00');
  const intraday = { sessions: fiveMinuteSessions, until, stored: storedIntraday(stores.bars) };
  return new SyntheticProvider({ symbols, seed, from, to: to ?? last, intraday });
}

function csvProvider(
  { folder, upload, symbolsFile, priceBasis, dateFormat }: Extract<FetchRequest, { readonly provider: 'csv' }>,
  { settings, stores }: Pick<DataServiceDependencies, 'settings' | 'stores'>,
): BarProvider {
  const tableText = (file: Uint8Array, mostCharacters: number) => stores.bars.tableText(file, mostCharacters);
  if (upload !== undefined) {
    return new CsvProvider({ files: new UploadFiles(stores.uploads, upload), priceBasis, dateFormat, tableText });
  }
  // The schema has one of the two.
  const path = folder ?? '';
  const root = importRoot(settings, stores.alone, 'folder');
  absolute('folder', path);
  if (symbolsFile !== undefined) absolute('symbolsFile', symbolsFile);
  const machine = `the machine of the data service, ${hostname()}`;
  return new CsvFolderProvider({ folder: path, symbolsFile, root, machine, priceBasis, dateFormat, tableText });
}

function absolute(field: string, path: string): void {
  if (isAbsolute(path)) return;
  throw new DayTradeError('input.invalid', `${field}: expected an absolute path, got ${JSON.stringify(path)}`, {
    details: { field, value: path },
  });
}
