import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CsvFolderProvider, inspectBars } from '@daytrade/market-data';
import { buildPanel, type Panel, type PanelInput } from '@daytrade/series';
import { marketData } from '../harness/paths.ts';

/** The folders of real daily bars. */
export const realFolders = ['daily-2021-2025-adjusted', 'daily-2013-2024-raw'] as const;
export type RealFolder = (typeof realFolders)[number];

/** Why a folder of real bars cannot be used, or undefined when it can. */
export function missingBars(folder: RealFolder): string | undefined {
  const path = join(marketData, folder);
  return existsSync(path) ? undefined : `no real bars at ${path} (DAYTRADE_TEST_DATA names another folder)`;
}

/** The bars of a folder as the product imports them: what its quality gate keeps out is not in the panel. */
export async function realPanel(folder: RealFolder, mostSymbols = Number.POSITIVE_INFINITY): Promise<Panel> {
  const provider = new CsvFolderProvider({ folder: join(marketData, folder) });
  const { sources } = await provider.list();
  const inputs: PanelInput[] = [];
  for (const source of sources.slice(0, mostSymbols)) {
    const rows = await provider.read(source);
    const { priceBasis, bars } = inspectBars(rows, Date.now());
    if (bars.interval !== '1d') throw new Error(`${source.file}: expected daily bars, got ${bars.interval}`);
    const { symbol, tickTable } = rows.master;
    inputs.push({ symbol: { symbol, tickTable, priceBasis }, bars: bars.columns });
  }
  return buildPanel(inputs);
}
