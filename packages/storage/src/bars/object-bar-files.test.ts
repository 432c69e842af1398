import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DatabaseObjectStore } from '../objects/database-object-store.ts';
import { newDatabase } from '../testing/new-database.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openSharedBars } from './bar-store.ts';

/** Two processes, as far as the bars are concerned: views of one table, each with copies of its own. */
async function openTwo() {
  const database = await newDatabase();
  onTestFinished(() => database.close());
  const scratch = await temporaryFolder();
  const open = async () => {
    const objects = new DatabaseObjectStore(database);
    const watched = vi.spyOn(objects, 'getVersioned');
    const bars = await openSharedBars(objects, scratch);
    onTestFinished(() => bars.close());
    return { objects, bars, fetched: () => watched.mock.calls.map(([key]) => key) };
  };
  return { one: await open(), other: await open(), scratch };
}

function bars(days: readonly number[], price = 1000): BarColumns {
  const column = Float64Array.from(days, (day) => price + (day % 7));
  return { days: Int32Array.from(days), open: column, high: column, low: column, close: column, volume: column };
}

describe('bars that are objects', () => {
  it('are gone in every process when one removes them', async () => {
    const { one, other } = await openTwo();
    await one.bars.merge('7203', bars([20_000]));
    expect((await other.bars.read('7203')).days).toHaveLength(1);
    await one.bars.remove(['7203']);
    expect((await other.bars.read('7203')).days).toHaveLength(0);
    expect(await other.bars.merge('7203', bars([20_001]))).toMatchObject({ added: 1, bars: 1 });
    expect((await one.bars.read('7203')).days).toHaveLength(1);
  });

  it('are fetched when they changed, and only then', async () => {
    const { one, other } = await openTwo();
    const days = ['2023-12-29', '2024-01-04', '2024-01-05'].map((date) => dayNumber(parseTradeDate(date)));
    await one.bars.merge('7203', bars(days.slice(0, 2)));
    await one.bars.merge('7267', bars(days.slice(0, 2)));
    const panel = ['7203', '7267'].map(
      (code) => ({ symbol: parseSymbol(code), tickTable: 'topix500', priceBasis: 'traded' }) as const,
    );
    for (let reads = 0; reads < 3; reads += 1) await other.bars.readPanel(panel);
    expect(other.fetched()).toEqual(['bars/daily/2023.parquet', 'bars/daily/2024.parquet']);
    await one.bars.merge('7267', bars(days.slice(2)));
    expect((await other.bars.readPanel(panel)).days).toEqual(Int32Array.from(days));
    expect(other.fetched().slice(2)).toEqual(['bars/daily/2024.parquet']);
    await one.bars.readPanel(panel);
    expect(one.fetched()).toEqual([]);
  });

  it('name the object that is damaged by its copy, and refuse symbols that lead elsewhere', async () => {
    const { one } = await openTwo();
    await one.objects.put('bars/daily/2024.parquet', new TextEncoder().encode('no parquet'));
    await expect(one.bars.read('7203')).rejects.toMatchObject({
      code: 'data.bars-damaged',
      message: expect.stringContaining('daily/2024.parquet'),
    });
    await expect(one.bars.merge('../x', bars([1]))).rejects.toMatchObject({ code: 'market.symbol-invalid' });
  });

  it('are merged again after each change of another process, and given up after fifty in a row', {
    tags: ['long'],
  }, async () => {
    const { one } = await openTwo();
    const put = one.objects.putIf.bind(one.objects);
    let refusals = 0;
    const refusing = (most: number) =>
      vi.spyOn(one.objects, 'putIf').mockImplementation(async (...input) => {
        refusals += 1;
        return refusals <= most ? undefined : await put(...input);
      });
    refusing(2);
    expect(await one.bars.merge('7203', bars([20_000]))).toMatchObject({ added: 1 });
    expect(refusals).toBe(3);
    await expect(one.bars.merge('7203', bars([20_001]))).resolves.toMatchObject({ bars: 2 });
    refusals = 0;
    refusing(1_000);
    await expect(one.bars.merge('7203', bars([20_002]))).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/^bars\/daily\/2024\.parquet was changed by others 50 times in a row$/),
    });
    expect(refusals).toBe(50);
  });

  it('have copies for this user alone, which go when they are closed, again as well', async () => {
    const { one, scratch } = await openTwo();
    await one.bars.merge('7203', bars([20_000]));
    const before = readdirSync(scratch);
    expect(before).toHaveLength(2);
    const copies = before
      .map((name) => join(scratch, name, 'daily', '2024.parquet'))
      .filter((path) => existsSync(path));
    expect(copies.map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    await one.bars.close();
    expect(readdirSync(scratch)).toHaveLength(1);
    await one.bars.close();
  });

  it('set a damaged object aside as another one, and list months by what is wanted of them', async () => {
    const { one } = await openTwo();
    const told: string[] = [];
    const store = await openSharedBars(one.objects, await temporaryFolder(), (message) => told.push(message));
    onTestFinished(() => store.close());
    await one.objects.put('bars/daily/2024.parquet', new TextEncoder().encode('no parquet'));
    await one.objects.put('bars/daily/notes.txt', new TextEncoder().encode('x'));
    await store.merge('7203', bars([20_000]));
    const [kept] = await one.objects.list('bars/damaged/');
    expect(kept).toMatch(/^bars\/damaged\/daily-2024-[0-9a-f]{12}\.parquet$/);
    expect(told).toEqual([expect.stringContaining(`set aside as the object ${kept}`)]);
    expect(await store.count()).toBe(1);
  });
});
