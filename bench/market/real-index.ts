import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexName, TradeDate } from '@daytrade/market';
import { inspectIndex, readIndexFile } from '@daytrade/market-data';
import { marketData } from '../harness/paths.ts';

/** A file of real values of an index, by its place among the real bars. */
const folder = 'index-and-fx';

/** Why the values of an index cannot be used, or undefined when they can. */
export function missingIndex(file: string): string | undefined {
  const path = join(marketData, folder, file);
  return existsSync(path) ? undefined : `no index values at ${path} (DAYTRADE_TEST_DATA names another folder)`;
}

/** The values of an index as the product imports them. */
export async function realIndex(name: IndexName, file: string): Promise<ReadonlyMap<TradeDate, number>> {
  const rows = await readIndexFile(await readFile(join(marketData, folder, file)), file);
  return new Map(inspectIndex(name, rows, Date.now()).values.map(({ date, value }) => [date, value]));
}
