import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CsvFolderProvider, inspectBars } from '@daytrade/market-data';
import { buildPanel, type IntradayColumns, type Panel, type PanelInput, type PanelSymbol } from '@daytrade/series';
import { marketData } from '../harness/paths.ts';

/** The folders of real daily bars. */
export const realFolders = ['daily-2021-2025-adjusted', 'daily-2013-2024-raw'] as const;
export type RealFolder = (typeof realFolders)[number];

/** The 310 symbols of these days: the folder of large caps, and one of 250 more of all sizes. */
export const wideFolders = ['daily-2021-2025-adjusted', 'daily-2021-2025-adjusted-wide'] as const;

/** Folders of 5-minute bars that are taken together. */
export const fiveMinuteFolders = ['5min-2025', '5min-2025-more'] as const;

/** Why a folder of real bars cannot be used, or undefined when it can. */
export function missingBars(folder: string): string | undefined {
  const path = join(marketData, folder);
  return existsSync(path) ? undefined : `no real bars at ${path} (DAYTRADE_TEST_DATA names another folder)`;
}

/** The bars of a folder as the product imports them: what its quality gate keeps out is not in the panel. */
export async function realPanel(folder: RealFolder, mostSymbols = Number.POSITIVE_INFINITY): Promise<Panel> {
  return buildPanel(await dailyInputs(folder, mostSymbols));
}

/** The bars of several folders in one panel, those of the first symbols of each. */
export async function widePanel(folders: readonly string[], mostSymbols = Number.POSITIVE_INFINITY): Promise<Panel> {
  const inputs = await Promise.all(folders.map((folder) => dailyInputs(folder, mostSymbols)));
  return buildPanel(inputs.flat());
}

/** Daily bars of the first symbols of a folder of real bars, each with its symbol. */
export async function dailyInputs(folder: string, mostSymbols: number): Promise<readonly PanelInput[]> {
  const inputs: PanelInput[] = [];
  for (const { rows, inspection } of await inspected(folder, mostSymbols)) {
    const { priceBasis, bars } = inspection;
    if (bars.interval !== '1d') throw new Error(`${rows.file}: expected daily bars, got ${bars.interval}`);
    const { symbol, tickTable } = rows.master;
    inputs.push({ symbol: { symbol, tickTable, priceBasis }, bars: bars.columns });
  }
  return inputs;
}

/** One symbol of a folder of 5-minute bars. */
export interface FiveMinuteSymbol {
  readonly symbol: PanelSymbol;
  readonly bars: IntradayColumns;
}

/** 5-minute bars of a folder of real bars. */
export async function fiveMinuteBars(folder: string): Promise<readonly FiveMinuteSymbol[]> {
  const found = await inspected(folder, Number.POSITIVE_INFINITY);
  return found.map(({ rows, inspection: { priceBasis, bars } }) => {
    if (bars.interval !== '5m') throw new Error(`${rows.file}: expected 5-minute bars, got ${bars.interval}`);
    const { symbol, tickTable } = rows.master;
    return { symbol: { symbol, tickTable, priceBasis }, bars: bars.columns };
  });
}

async function inspected(folder: string, mostSymbols: number) {
  const provider = new CsvFolderProvider({ folder: join(marketData, folder) });
  const { sources } = await provider.list();
  const found = [];
  for (const source of sources.slice(0, mostSymbols)) {
    const rows = await provider.read(source);
    found.push({ rows, inspection: inspectBars(rows, Date.now()) });
  }
  return found;
}
