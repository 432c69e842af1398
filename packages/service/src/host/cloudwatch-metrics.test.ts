import { parseSettings } from '@daytrade/contracts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import type { Service } from '../service.ts';
import { writeCloudWatchMetrics } from './cloudwatch-metrics.ts';
import { observed } from './observed.ts';
import { openHost } from './open-host.ts';

const timestamp = Date.parse('2026-11-30T06:30:00Z');

/** A service that writes its metrics for CloudWatch, and the lines that it wrote. */
async function writing(collect: (service: Service) => Promise<void> | void = () => undefined) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const lines: Record<string, unknown>[] = [];
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({ level: 'warn', destination: { write: (line) => void logged.push(JSON.parse(line)) } });
  const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
  service.metrics.beforeScrape(() => collect(service));
  const end = writeCloudWatchMetrics({
    service,
    logger,
    clock: { now: () => timestamp },
    settings: parseSettings({ DAYTRADE_CLOUDWATCH_NAMESPACE: 'Trading' }),
    output: { write: (line: string) => void lines.push(JSON.parse(line)) },
  });
  return { service, lines, logged, end };
}

/** Answers of a service with their duration in seconds. */
function answered(service: Service, status: string, ...seconds: readonly number[]): void {
  const labels = { service: 'ml-service', method: 'GET', route: '/v1/models', status };
  for (const duration of seconds) service.metrics.histogram('httpRequestDuration').observe(labels, duration);
}

describe('the metrics for CloudWatch', () => {
  it('are one line of requests, with the distribution of their latency by the bounds of the histogram', async () => {
    const { service, lines, end } = await writing();
    answered(service, '200', 0.001, 0.0015, 0.02, 4_000);
    answered(service, '404', 0.001);
    answered(service, '499', 0.02);
    answered(service, '500', 0.02);
    answered(service, '503', 5_000);
    service.metrics
      .histogram('httpRequestDuration')
      .observe({ service: 'ml-service', method: 'GET', route: '/healthz', status: '503' }, 0.001);
    await end();
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: timestamp,
          CloudWatchMetrics: [
            {
              Namespace: 'Trading',
              Dimensions: [['Service']],
              Metrics: [
                { Name: 'RequestCount', Unit: 'Count' },
                { Name: 'RequestErrors', Unit: 'Count' },
                { Name: 'RequestLatency', Unit: 'Seconds' },
              ],
            },
          ],
        },
        Service: 'ml-service',
        RequestCount: 8,
        RequestErrors: 2,
        RequestLatency: {
          Values: [0.002, 0.025, 3_600],
          Counts: [3, 3, 2],
          Max: 3_600,
          Min: 0.002,
          Count: 8,
          Sum: expect.closeTo(9_000.0635, 9),
        },
      },
    ]);
  });

  it('count what came since the line before, and have no latency without a request', async () => {
    const { service, lines, end } = await writing();
    answered(service, '200', 0.02, 0.02);
    vi.advanceTimersByTime(59_999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    answered(service, '200', 0.2);
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(lines).toHaveLength(2));
    await end();
    expect(lines.map(({ RequestCount, RequestLatency }) => [RequestCount, RequestLatency])).toEqual([
      [2, { Values: [0.025], Counts: [2], Max: 0.025, Min: 0.025, Count: 2, Sum: 0.04 }],
      [1, { Values: [0.25], Counts: [1], Max: 0.25, Min: 0.25, Count: 1, Sum: expect.closeTo(0.2, 9) }],
      [0, undefined],
    ]);
    vi.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(3);
  });

  it('have a line for each gauge, with its unit and its dimension', async () => {
    const { lines, end } = await writing(({ metrics }) => {
      metrics.gauge('runsQueued').set(3);
      metrics.gauge('runsQueuedOfGroup').set({ group: 'data' }, 2);
      metrics.gauge('runsQueuedOfGroup').set({ group: 'ml' }, 1);
      metrics.gauge('oldestQueuedRun').set(40);
      metrics.gauge('intervalCoverage').set({ window: '60' }, 0.94);
      metrics.gauge('intervalWinkler').set(0.06);
      metrics.gauge('newestBarAge').set(1);
      metrics.gauge('modelAge').set(86_400);
      metrics.gauge('barsStored').set({ interval: '1d' }, 5);
    });
    await end();
    const shown = lines.slice(1).map(({ _aws, Service: _service, ...values }) => {
      const { CloudWatchMetrics } = _aws as {
        CloudWatchMetrics: { Dimensions: unknown; Metrics: { Unit: string }[] }[];
      };
      return [values, CloudWatchMetrics[0]?.Dimensions, CloudWatchMetrics[0]?.Metrics[0]?.Unit];
    });
    expect(shown).toEqual([
      [{ RunsQueued: 3 }, [['Service']], 'Count'],
      [{ RunsQueuedOfGroup: 2, Group: 'data' }, [['Service', 'Group']], 'Count'],
      [{ RunsQueuedOfGroup: 1, Group: 'ml' }, [['Service', 'Group']], 'Count'],
      [{ OldestQueuedRunAge: 40 }, [['Service']], 'Seconds'],
      [{ IntervalCoverage: 0.94, Window: '60' }, [['Service', 'Window']], 'None'],
      [{ IntervalWinkler: 0.06 }, [['Service']], 'None'],
      [{ NewestBarAge: 1 }, [['Service']], 'Count'],
      [{ ModelAge: 86_400 }, [['Service']], 'Seconds'],
    ]);
  });

  it('say once that a value cannot be read or a minute is lost, and again after one that was not', async () => {
    let isOpen = false;
    const lines: string[] = [];
    const logged: Record<string, unknown>[] = [];
    const logger = createLogger({
      level: 'warn',
      destination: { write: (line) => void logged.push(JSON.parse(line)) },
    });
    const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    let written = 0;
    const write = (line: string) => {
      written += 1;
      if (!isOpen) throw new Error('the pipe is closed');
      lines.push(line);
    };
    const settings = parseSettings({});
    const end = writeCloudWatchMetrics({ service, logger, clock: { now: () => 0 }, settings, output: { write } });
    for (const [minute, opens] of [false, false, true, false].entries()) {
      isOpen = opens;
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(() => expect(written).toBe(minute + 1));
      await vi.waitFor(() => expect(logged).toHaveLength(minute < 3 ? 1 : 2));
    }
    await end();
    expect(lines).toHaveLength(1);
    expect(logged.map(({ msg }) => msg)).toEqual(Array(2).fill('metrics for CloudWatch are lost'));
  });
});

describe('a process', () => {
  const context = {
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    clock: { now: Date.now, setTimeout, clearTimeout },
    random: Math.random,
    open: async () => ({}),
  };

  it.each([
    ['an output and the setting', 'true', true, 1],
    ['no output', 'true', false, 0],
    ['no setting', 'false', true, 0],
  ])('with %s writes its metrics for CloudWatch accordingly', async (_what, setting, hasOutput, expected) => {
    const lines: string[] = [];
    const output = hasOutput ? { write: (line: string) => void lines.push(line) } : undefined;
    const observe = observed({ environment: {}, ...(output && { output }) });
    const settings = parseSettings({ DAYTRADE_CLOUDWATCH_METRICS: setting });
    const host = await openHost({
      ...context,
      settings,
      parts: [
        ['data', observe(({ version, logger }) => createService({ name: 'data', description: '', version, logger }))],
      ],
    });
    await host.close();
    expect(lines).toHaveLength(expected);
  });
});
