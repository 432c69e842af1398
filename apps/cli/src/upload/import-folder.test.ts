import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, uploadPartBytes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { injectTransport, ServiceClient, type TransportRequest } from '@daytrade/service/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { clientsOf, type Platform } from '../platform/open-platform.ts';
import { importFolder } from './import-folder.ts';

// A real data service; only the way to it fails. A column that no reader knows makes the files longer than a part.

const bars = (note: string) =>
  ['2024-01-04', '2024-01-05']
    .map((date) => `${date},2000,2030,1990,2010,1000,${note}`)
    .join('\n')
    .replace(/^/, 'date,open,high,low,close,volume,note\n');

/** Two parts long, and no part of it like another. */
const longNote = Array.from({ length: 400_000 }, (_, index) => index)
  .join(' ')
  .slice(0, 2 * uploadPartBytes);

let commands: CommandsOnPlatform;
let folder: string;
let platform: Platform;
let sent: TransportRequest[];
let told: string[];
/** What happens to the n-th part that is sent. */
let faults: Map<number, 'changed' | 'stopped'>;
let stop: AbortController;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  ({ folder, platform } = commands);
  mkdirSync(join(folder, 'daily'));
  writeFileSync(join(folder, 'daily', '7203.T.csv'), bars(longNote));
  writeFileSync(join(folder, 'daily', '6501.csv'), bars('short'));
  writeFileSync(join(folder, 'daily', 'N225.csv'), bars('an index'));
  writeFileSync(join(folder, 'symbols.csv'), 'symbol,name\n7203,トヨタ自動車\n6501,日立製作所\n');
  await platform.queue.start();
});
afterAll(() => commands.close());
beforeEach(() => {
  [sent, told, faults, stop] = [[], [], new Map(), new AbortController()];
});

/** Hands requests on, counts the parts, and does to them what the test says. */
function faultyService(): ServiceClient {
  const real = injectTransport(platform.services.data);
  return new ServiceClient({
    address: real.address,
    stream: async (request) => {
      if (request.bytes === undefined) return await real.stream(request);
      sent.push(request);
      const fault = faults.get(sent.length);
      if (fault === 'stopped') {
        stop.abort();
        throw new DayTradeError('service.unreachable', 'nobody listens');
      }
      const bytes = fault === 'changed' ? new Uint8Array(request.bytes.length) : request.bytes;
      return await real.stream({ ...request, bytes });
    },
  });
}

async function importIt(path: string, options: { sharesFiles?: boolean; symbolsFile?: string } = {}) {
  const stream = { isTTY: false, write: (text: string) => told.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const { sharesFiles = false, symbolsFile } = options;
  const services = { ...clientsOf(platform), data: faultyService(), sharesFiles };
  const context = { terminal: { stdout: stream, stderr: stream }, signal: stop.signal };
  return importFolder(context, services, { folder: path, symbolsFile, priceBasis: undefined });
}

/** The same folder with other content, so that it is another upload. */
function another(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  copyFileSync(join(folder, 'daily', '7203.T.csv'), join(path, '7203.T.csv'));
  return path;
}

describe('an import into a service of another machine', () => {
  it('sends the files, symbols.csv with them, and reports as one of a folder does', async () => {
    const result = await importIt(join(folder, 'daily'));
    expect(result).toMatchObject({ symbols: 2, barsAdded: 4, filesSkipped: [{ file: 'daily/N225.csv' }] });
    // Three files of a part, one of five.
    expect(sent).toHaveLength(8);
    const { symbols } = await clientsOf(platform).data.call(routes.symbols);
    expect(symbols.map(({ name }) => name)).toEqual(['日立製作所', 'トヨタ自動車']);
    expect(told.join('')).toMatch(/import .* sending files: \d\.\d of 4\.2 MB, \d+\.\d MB\/s/);
  });

  it('is refused when a part was damaged on the way, and sends only the rest the next time', async () => {
    const path = another('damaged');
    faults = new Map([[2, 'changed']]);
    await expect(importIt(path)).rejects.toMatchObject({ code: 'upload.content-differs' });
    expect(await importIt(path)).toMatchObject({ symbols: 1 });
    expect(new Set(sent.map(({ path: part }) => part)).size).toBe(6);
  });

  it('keeps what was sent when it is stopped, and sends only the rest then', async () => {
    const path = another('stopped');
    faults = new Map([[6, 'stopped']]);
    await expect(importIt(path)).rejects.toMatchObject({
      code: 'run.cancelled',
      message: expect.stringMatching(/of 4\.2 MB had been sent; the same command continues from there, for 24 hours/),
    });
    [sent, faults, stop] = [[], new Map(), new AbortController()];
    expect(await importIt(path)).toMatchObject({ symbols: 1 });
    expect(sent.length).toBeLessThan(6);
  });

  it('says that a folder is missing here before it sends anything', async () => {
    await expect(importIt(join(folder, 'missing'))).rejects.toMatchObject({
      code: 'data.folder-unreadable',
      message: expect.stringContaining('cannot be read on this machine: there is no such file or folder (ENOENT)'),
    });
  });
});

describe('an import into a service on the same files', () => {
  it('names the folder, as it did before', async () => {
    expect(await importIt(join(folder, 'daily'), { sharesFiles: true })).toMatchObject({ barsUnchanged: 4 });
    expect(sent).toEqual([]);
  });
});
