import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkerPool } from './worker-pool.ts';
import type { TaskProgress } from './worker-task.ts';

const module = new URL('./worker-pool.fixture.ts', import.meta.url);
/** By any name with anything: what a program that is typed cannot do is tried, too. */
type AnyTasks = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;

const pools: WorkerPool<AnyTasks>[] = [];

function openPool(size = 1): WorkerPool<AnyTasks> {
  const pool = new WorkerPool<AnyTasks>({ size, module });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('WorkerPool', () => {
  it('runs an exported function of a TypeScript module in another thread', async () => {
    const pool = openPool();
    expect(await pool.run('sum', Float64Array.of(1, 2, 3.5))).toBe(6.5);
    expect(await pool.run('inThread', 0)).toBeGreaterThan(0);
  });

  it('moves buffers both ways where it is asked to', async () => {
    const values = Float64Array.of(1, 2, 3);
    const doubled = await openPool().run('double', values, { transfer: [values.buffer] });
    expect([...(doubled as Float64Array)]).toEqual([2, 4, 6]);
    expect(values.byteLength).toBe(0);
  });

  it('runs as many tasks at once as it has threads, and the others after them', async () => {
    const pool = openPool(2);
    const threads = await Promise.all([150, 150, 0, 0].map((milliseconds) => pool.run('inThread', milliseconds)));
    expect(threads[0]).not.toBe(threads[1]);
    expect(new Set(threads).size).toBe(2);
  });

  it('hands progress over in order', async () => {
    const seen: TaskProgress[] = [];
    await openPool().run('inSteps', 4, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([0.25, 0.5, 0.75, 1].map((fraction) => ({ stage: 'training', fraction })));
  });

  it('hands errors over with code and details, any other error as a bug', async () => {
    const pool = openPool();
    await expect(pool.run('refuse', 3)).rejects.toMatchObject({
      code: 'training.too-little-data',
      message: '3 sessions are too few',
      details: { sessions: 3 },
    });
    await expect(pool.run('fail', null)).rejects.toMatchObject({
      code: 'internal.bug',
      message: 'undefined is not a function',
    });
  });

  it('ends a computation in its middle on abort, and has a new thread for the next', async () => {
    const pool = openPool();
    const controller = new AbortController();
    const spinning = pool.run('spin', null, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(spinning).rejects.toThrow('enough');
    expect(await pool.run('sum', Float64Array.of(1))).toBe(1);
  });

  it('takes a task that waits out of the row on abort', async () => {
    const pool = openPool();
    const controller = new AbortController();
    const first = pool.run('inThread', 50);
    const waiting = pool.run('spin', null, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await first).toBeGreaterThan(0);
    await expect(pool.run('sum', null, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('leaves the tasks before and after the one that is aborted in the row', async () => {
    const pool = openPool();
    const controller = new AbortController();
    const sums = [1, 2].map((value) => pool.run('sum', Float64Array.of(value)));
    const waiting = pool.run('spin', null, { signal: controller.signal });
    sums.push(...[3, 4].map((value) => pool.run('sum', Float64Array.of(value))));
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await Promise.all(sums)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['exit', 'the worker thread that ran exit ended with exit code 3'],
    ['crashLater', 'the worker thread that ran crashLater crashed: nobody catches this'],
  ])('says how a thread ended that ran %s, and replaces it', async (functionName, message) => {
    const pool = openPool();
    await expect(pool.run(functionName, null)).rejects.toMatchObject({ code: 'internal.bug', message });
    expect(await pool.run('sum', Float64Array.of(1))).toBe(1);
  });

  it('says what cannot cross, and goes on', async () => {
    const pool = openPool();
    await expect(pool.run('sum', { value: () => 1 })).rejects.toThrow('could not be cloned');
    await expect(pool.run('answerFunction', null)).rejects.toThrow('could not be cloned');
    await expect(pool.run('summ', null)).rejects.toThrow('exports no function summ');
    expect(await pool.run('sum', Float64Array.of(1))).toBe(1);
  });

  it('rejects what runs and what waits when it is closed, and takes nothing more', async () => {
    const pool = openPool();
    const ends = [pool.run('spin', null), pool.run('spin', null)].map((run) =>
      expect(run).rejects.toMatchObject({ code: 'service.unavailable' }),
    );
    await pool.close();
    await Promise.all(ends);
    await expect(pool.run('sum', null)).rejects.toMatchObject({ code: 'service.unavailable' });
  });

  it('does not keep a process alive that has nothing more to do', () => {
    const script = `import { WorkerPool } from ${JSON.stringify(new URL('./worker-pool.ts', import.meta.url).href)};
      const pool = new WorkerPool({ size: 2, module: new URL(${JSON.stringify(module.href)}) });
      console.log(await pool.run('sum', [1, 2]));`;
    const arguments_ = ['--input-type=module', '--eval', script];
    expect(execFileSync(process.execPath, arguments_, { encoding: 'utf8', timeout: 20_000 })).toBe('3\n');
  });
});
