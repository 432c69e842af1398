import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PanelInput } from '@daytrade/series';
import { answerOf, startPython } from '../harness/child.ts';
import { ensurePackages, type PythonPackages } from '../harness/python-environment.ts';
import { barsAsJson } from './peer-bars.ts';
import { heldShares, type PeerRule, peerRules } from './peer-rules.ts';

/** Yen that every run begins with: more than any rule spends. */
export const cash = 100_000_000;

const ofPandas3: PythonPackages = {
  name: 'python-backtest',
  requirements: 'bench/backtest/requirements.txt',
  size: 'about 1 GB',
};
const ofZipline: PythonPackages = {
  name: 'python-zipline',
  requirements: 'bench/backtest/zipline-requirements.txt',
  size: 'about 0.5 GB',
};

/** What backtesting.py, vectorbt and bt made of the bars of each symbol by one rule. */
export interface PeerAnswer {
  readonly backtesting: readonly {
    readonly trades: readonly (readonly number[])[];
    readonly equity: readonly number[];
  }[];
  readonly vectorbt: readonly (readonly number[])[];
  readonly bt: readonly number[];
}

/** Seconds of the processor for some bars. */
export interface Timed {
  readonly seconds: number;
  readonly bars: number;
}

/** The peers on the bars of some symbols. */
export interface PeerPrograms {
  equality(): Promise<Readonly<Record<PeerRule, PeerAnswer>>>;
  /** Equity at the end of each symbol, by rule; the reason where zipline cannot be installed. */
  zipline(): Promise<Readonly<Record<PeerRule, readonly number[]>> | string>;
  backtestingSpeed(times: number): Promise<Timed>;
  vectorbtSpeed(pairs: readonly (readonly [number, number])[], times: number): Promise<Timed>;
}

const rules = Object.keys(peerRules);

/** Hands the peers to some work; their bars lie in a file as long as it lasts. */
export async function withPeers<T>(
  inputs: readonly PanelInput[],
  progress: (message: string) => void,
  work: (programs: PeerPrograms) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
  const file = join(folder, 'bars.json');
  writeFileSync(file, barsAsJson(inputs));
  const python = install(ofPandas3, progress);
  const ask = async (task: string, more: object) =>
    await answerOf(startPython(python, 'backtest_peers.py', { file, task, cash, shares: heldShares, ...more }));
  try {
    return await work({
      equality: async () => (await ask('equality', { rules })) as Readonly<Record<PeerRule, PeerAnswer>>,
      zipline: async () => {
        try {
          const own = install(ofZipline, progress);
          const answer = await answerOf(
            startPython(own, 'backtest_zipline.py', { file, rules, cash, shares: heldShares }),
          );
          return answer as Readonly<Record<PeerRule, readonly number[]>>;
        } catch (error) {
          return `zipline: ${error instanceof Error ? error.message : String(error)}`;
        }
      },
      backtestingSpeed: async (times) => (await ask('backtesting-speed', { times })) as Timed,
      vectorbtSpeed: async (pairs, times) => (await ask('pairs', { pairs, times })) as Timed,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Tries the Pythons that there may be, one after another: not every version of one has every package. */
function install(packages: PythonPackages, progress: (message: string) => void): string {
  const bases = [process.env.DAYTRADE_BENCH_PYTHON ?? 'python3', 'python3.12', 'python3.11'];
  const faults: string[] = [];
  for (const base of bases) {
    try {
      return ensurePackages(packages, progress, base);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(faults.join('; '));
}
