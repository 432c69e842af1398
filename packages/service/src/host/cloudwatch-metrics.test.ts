import { parseSettings } from '@daytrade/contracts';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import { writeCloudWatchMetrics } from './cloudwatch-metrics.ts';

const now = Date.parse('2026-11-30T06:30:00Z');

/** A service that writes its metrics each minute, and what it wrote: one object a line. */
async function writing() {
  const lines: string[] = [];
  const logged: object[] = [];
  const logger = createLogger({ level: 'warn', destination: { write: (line) => void logged.push(JSON.parse(line)) } });
  const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const output = { write: vi.fn((line: string) => void lines.push(line)) };
  const settings = parseSettings({ DAYTRADE_CLOUDWATCH_NAMESPACE: 'DayTrade/dev' });
  const end = writeCloudWatchMetrics({ service, logger, clock: { now: () => now }, settings, output });
  return { service, logged, output, end, written: () => lines.splice(0).map((line) => JSON.parse(line) as unknown) };
}

/** The member that tells CloudWatch which members of a line are metrics, and which are dimensions. */
function described(dimensions: readonly string[], metrics: readonly { Name: string; Unit: string }[]) {
  return {
    Timestamp: now,
    CloudWatchMetrics: [{ Namespace: 'DayTrade/dev', Dimensions: [dimensions], Metrics: metrics }],
  };
}

it('writes a gauge a line, with its dimension beside the service', async () => {
  const { service, written, end } = await writing();
  service.metrics.gauge('modelAge').set(3_600);
  service.metrics.gauge('intervalCoverage').set({ window: '60' }, 0.94);
  await end();
  expect(written()).toEqual([
    {
      _aws: described(
        ['Service'],
        [
          { Name: 'RequestCount', Unit: 'Count' },
          { Name: 'RequestErrors', Unit: 'Count' },
        ],
      ),
      Service: 'ml-service',
      RequestCount: 0,
      RequestErrors: 0,
    },
    {
      _aws: described(['Service', 'Window'], [{ Name: 'IntervalCoverage', Unit: 'None' }]),
      Service: 'ml-service',
      Window: '60',
      IntervalCoverage: 0.94,
    },
    {
      _aws: described(['Service'], [{ Name: 'ModelAge', Unit: 'Seconds' }]),
      Service: 'ml-service',
      ModelAge: 3_600,
    },
  ]);
});

it('counts the requests since the line before, with their latency as values and how often each was met', async () => {
  const { service, written, end } = await writing();
  const latency = service.metrics.histogram('httpRequestDuration');
  const observe = (seconds: number, status: string, route = '/v1/models') =>
    latency.observe({ method: 'GET', route, status }, seconds);
  for (const [seconds, status] of [
    [0.004, '200'],
    [0.004, '200'],
    [0.2, '500'],
    [1_000, '503'],
  ] as const)
    observe(seconds, status);
  observe(0.004, '200', '/healthz');
  vi.advanceTimersByTime(60_000);
  const first = await vi.waitFor(() => {
    const lines = written();
    expect(lines).toHaveLength(1);
    return lines[0];
  });
  expect(first).toMatchObject({ RequestCount: 4, RequestErrors: 2 });
  const { RequestLatency } = first as { RequestLatency: Record<string, number[] | number> };
  expect(RequestLatency).toMatchObject({ Count: 4, Sum: 1_000.208, Counts: [2, 1, 1] });
  const [fast, slow, slowest] = RequestLatency.Values as number[];
  expect([RequestLatency.Min, RequestLatency.Max]).toEqual([fast, slowest]);
  expect([fast! >= 0.004, fast! < slow!, slow! >= 0.2, slow! < slowest!]).toEqual([true, true, true, true]);

  observe(0.2, '499');
  await end();
  expect(written()).toMatchObject([{ RequestCount: 1, RequestErrors: 0, RequestLatency: { Counts: [1], Sum: 0.2 } }]);
});

it('says once that a minute was lost, and again after one that was written', async () => {
  const { logged, output, end } = await writing();
  const failures = [true, true, false, true];
  output.write.mockImplementation(() => {
    if (failures.shift() === true) throw new Error('the pipe is closed');
  });
  for (const minutes of [1, 2, 3]) {
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(output.write).toHaveBeenCalledTimes(minutes));
  }
  await end();
  expect(logged).toHaveLength(2);
  expect(logged[0]).toMatchObject({ msg: 'metrics for CloudWatch are lost', err: { message: 'the pipe is closed' } });
});
