import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Makes and forgets a gigabyte of arrays as a command would, and prints how often V8 went through its whole heap. */
const program = `
  import { constants, PerformanceObserver } from 'node:perf_hooks';
  const { setEngineOptions } = await import(process.argv[1]);
  setEngineOptions(['node', 'daytrade', process.argv[2]]);
  let major = 0;
  const count = (list) => {
    for (const { detail } of list.getEntries()) major += Number(detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
  };
  const observer = new PerformanceObserver(count);
  observer.observe({ type: 'gc' });
  const kept = [];
  for (let made = 0; made < 10_000; made += 1) {
    kept[made % 100] = new Float64Array(12_500);
    if (made % 100 === 0) await new Promise(setImmediate);
  }
  count({ getEntries: () => observer.takeRecords() });
  console.log(major);
`;

async function majorCollections(command: string): Promise<number> {
  const module = new URL('engine-options.ts', import.meta.url).href;
  // With threads of its own, how often depends on how fast they are beside whatever else runs.
  const flags = [
    '--single-threaded-gc',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    program,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, module, command]);
  return Number(stdout);
}

it.skipIf(Number.parseInt(process.versions.node, 10) < 24)(
  'goes through the heap less often while bars come in than while models are trained',
  async () => {
    const [bringing, training] = [await majorCollections('import'), await majorCollections('train')];
    expect(training).toBeGreaterThan(4);
    expect(bringing).toBeLessThan(training / 2);
  },
);
