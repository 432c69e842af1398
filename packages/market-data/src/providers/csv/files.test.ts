import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CsvFolderProvider } from './csv-provider.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'daytrade-special-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function listen(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  onTestFinished(() => void server.close());
}

const special: readonly (readonly [what: string, make: (path: string) => unknown, message: RegExp])[] = [
  ['a pipe', (path) => execFileSync('mkfifo', [path]), /it is a pipe; expected a file of CSV text/],
  ['a device that never ends', (path) => symlinkSync('/dev/zero', path), /it is a device; expected a file/],
  ['a socket', (path) => listen(path), /it is a socket or a device; expected a file of CSV text/],
  ['a link to nothing', (path) => symlinkSync(`${path}.none`, path), /there is no such file or folder/],
  [
    'a file of 300 MB',
    (path) => {
      writeFileSync(path, 'x');
      truncateSync(path, 300 * 2 ** 20);
    },
    /the file has 314572800 bytes; expected at most 268435456/,
  ],
];

describe.each(special)('%s', (_, make, message) => {
  it('in the place of a file of bars is refused at once, in words', async () => {
    const path = folder();
    await make(join(path, '7203.csv'));
    const provider = new CsvFolderProvider({ folder: path });
    const { sources } = await provider.list();
    await expect(provider.read(sources[0]!)).rejects.toMatchObject({
      code: 'data.file-unreadable',
      message: expect.stringMatching(message),
    });
  }, 5_000);
});
