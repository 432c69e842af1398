import { ProgramFailure, Programs } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { restore } from './backup.ts';
import { releaseForTest } from './release.fixture.ts';

/** In the place of a cluster whose database has no volume, and whose pod goes as soon as it is told to. */
class WithoutVolume extends Programs {
  constructor() {
    super({ onCommand: () => undefined, onOutput: () => undefined });
  }

  override async read(_: string, [, , ...args]: readonly string[]): Promise<string> {
    const call = args.join(' ');
    if (/^delete (?!.*--ignore-not-found)/.test(call)) throw new ProgramFailure(`NotFound: ${call}`, '', 1);
    if (call.startsWith('create')) return 'job.batch/restore-1';
    if (call.includes('get job restore-1')) return '{ "status": { "succeeded": 1 } }';
    if (call.includes('get deployments')) return '{ "items": [] }';
    if (call.startsWith('exec')) throw new Error('the database is asked for its rows');
    return '';
  }
}

it('restores also a database whose pod is gone before it is lost, and that had no volume', async () => {
  const restored = restore(releaseForTest(new WithoutVolume()), { tables: {}, published: [], at: 0 });
  await expect(restored).rejects.toThrow('the database is asked for its rows');
});
