import { describe, expect, it } from 'vitest';
import { asCalled, terminalAsCalled } from './called-as.ts';
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
