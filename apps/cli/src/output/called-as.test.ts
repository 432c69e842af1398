import { describe, expect, it } from 'vitest';
import { asCalled, quotedForShell, terminalAsCalled } from './called-as.ts';
import type { Terminal } from './terminal.ts';

describe('the name of the program', () => {
  it('is the one by which it was called, wherever one of its commands is named', () => {
    expect(asCalled('Run `daytrade train`, or daytrade models promote VERSION.', './daytrade')).toBe(
      'Run `./daytrade train`, or ./daytrade models promote VERSION.',
    );
    expect(asCalled('Usage: daytrade [options] [command]', './daytrade')).toBe('Usage: ./daytrade [options] [command]');
  });

  it('changes nothing that is not a command: paths, packages, other words', () => {
    const others = ['/home/me/daytrade bars', '@daytrade/market is', 'my-daytrade is', 'daytrade', 'the daytrade 1'];
    for (const text of others) expect(asCalled(text, './daytrade')).toBe(text);
    expect(asCalled('daytrade train', 'daytrade')).toBe('daytrade train');
  });

  it.each([
    ['./daytrade', './daytrade'],
    ['/home/me/日本 語/daytrade', "'/home/me/日本 語/daytrade'"],
    ["/it's/daytrade", "'/it'\\''s/daytrade'"],
  ])('can be pasted into a shell: %s', (path, quoted) => {
    expect(quotedForShell(path)).toBe(quoted);
  });

  it('is used on both streams of a terminal, which are otherwise what they were', () => {
    const told: string[] = [];
    const stream = { isTTY: true, columns: 80, write: (text: string) => told.push(text) > 0 };
    const { stdout, stderr } = terminalAsCalled(
      { stdout: stream, stderr: stream } as unknown as Terminal,
      '/x/daytrade',
    );
    stdout.write('see: daytrade quarantine list\n');
    stderr.write('daytrade up');
    expect(told).toEqual(['see: /x/daytrade quarantine list\n', '/x/daytrade up']);
    expect([stdout.isTTY, stdout.columns]).toEqual([true, 80]);
  });
});
