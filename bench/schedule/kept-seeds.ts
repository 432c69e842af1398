import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../harness/paths.ts';
import type { SimulatedSeed } from './simulate-seed.ts';

/** All that a simulation goes through. */
const sources = ['packages/jobs/src', 'packages/market/src', 'packages/contracts/src', 'bench/schedule'];

/** Seeds that the same code has simulated before: a run that was ended goes on where it was. */
export class KeptSeeds {
  readonly #path: string;
  readonly #seeds: ReadonlyMap<number, SimulatedSeed>;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `schedule-${digestOfSources()}.jsonl`);
    const lines = existsSync(this.#path) ? readFileSync(this.#path, 'utf8').split('\n') : [''];
    // What stands after the last end of a line was not written to its end.
    if (lines.pop() !== '') writeFileSync(this.#path, lines.map((line) => `${line}\n`).join(''));
    this.#seeds = new Map(lines.map((line) => JSON.parse(line) as SimulatedSeed).map((seed) => [seed.seed, seed]));
  }

  get count(): number {
    return this.#seeds.size;
  }

  of(seed: number): SimulatedSeed | undefined {
    return this.#seeds.get(seed);
  }

  keep(seed: SimulatedSeed): void {
    appendFileSync(this.#path, `${JSON.stringify(seed)}\n`);
  }
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of sources) {
    const names = readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.ts') && !each.includes('.test.')).toSorted()) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(repository, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}
