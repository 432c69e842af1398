import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { beforeEach, expect, it } from 'vitest';
import { SaidLosses } from './open-traces.ts';

const spans = [{}, {}] as ReadableSpan[];

let now: number;
let refusal: string | undefined;
let said: unknown[][];
let losses: SaidLosses;

beforeEach(() => {
  now = Date.parse('2026-11-30T00:00:00Z');
  said = [];
  const exporter: SpanExporter = {
    export: (_, done) =>
      done(
        refusal === undefined
          ? { code: ExportResultCode.SUCCESS }
          : { code: ExportResultCode.FAILED, error: new Error(refusal) },
      ),
    shutdown: async () => undefined,
  };
  const logger = { warn: (fields: object, message: string) => void said.push([message, fields]) };
  losses = new SaidLosses(exporter, { receiver: 'Application Insights', logger, now: () => now });
});

/** Sends two spans some seconds later, and gives how that ended. */
function sendAfter(seconds: number, why?: string): number | undefined {
  now += 1_000 * seconds;
  refusal = why;
  let code: number | undefined;
  losses.export(spans, (result) => {
    code = result.code;
  });
  return code;
}

it('says at once that traces are lost, then once a minute how many, with the newest reason', () => {
  expect(sendAfter(0)).toBe(ExportResultCode.SUCCESS);
  expect(said).toEqual([]);
  expect(sendAfter(1, 'answers with 403')).toBe(ExportResultCode.FAILED);
  const message = 'traces are lost: Application Insights does not take them';
  expect(said).toEqual([[message, { spans: 2, reason: 'answers with 403' }]]);
  for (let sent = 0; sent < 11; sent += 1) sendAfter(5, 'answers with 429');
  expect(said).toHaveLength(1);
  sendAfter(5, 'does not answer');
  expect(said.slice(1)).toEqual([[message, { spans: 24, reason: 'does not answer' }]]);
});

it('says at the end what was not said yet, and nothing where all of it was', async () => {
  sendAfter(0, 'answers with 403');
  sendAfter(5, 'answers with 403');
  await losses.shutdown();
  await losses.shutdown();
  expect(said.map(([, fields]) => fields)).toMatchObject([{ spans: 2 }, { spans: 2 }]);
});
