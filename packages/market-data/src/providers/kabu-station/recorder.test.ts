import { parseSettings } from '@daytrade/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { kabuStationStandIn } from '../../testing/kabu-station-stand-in.ts';
import { streamOf } from '../../testing/kabu-stream.ts';
import { RandomStream } from '../synthetic/random.ts';
import { KabuStationClient } from './client.ts';
import { KabuStationRecorder, type SymbolRecording } from './recorder.ts';

const at = (time: string) => Date.parse(`2025-06-02T${time}+09:00`);
const soon = { timeout: 20_000 };
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

let station: Awaited<ReturnType<typeof kabuStationStandIn>>;
beforeEach(async () => {
  station = await kabuStationStandIn({ password: 'secret1' });
  for (const code of ['7203', '6758']) station.push({ Symbol: code, Exchange: 1 });
});
afterEach(() => station.close());

function startRecorder(symbols: readonly string[], password = 'secret1') {
  const settings = parseSettings({ DAYTRADE_KABU_URL: station.url, DAYTRADE_KABU_PASSWORD: password });
  const clock = { now: at('15:22:00') };
  const client = new KabuStationClient(settings, Date.now, { now: () => performance.now(), pause });
  const recorded: SymbolRecording[] = [];
  const stop = new AbortController();
  const recorder = new KabuStationRecorder({
    client,
    symbols,
    now: () => clock.now,
    pause,
    onRecorded: (more) => recorded.push(...more),
    onNote: () => undefined,
  });
  return { clock, recorded, stop, ended: recorder.run(stop.signal) };
}

it('records bars; opens a stream again that is silent or cut, and marks the bars of that time', async () => {
  const { clock, recorded, stop, ended } = startRecorder(['7203', '6758']);
  const opened = (times: number) =>
    vi.waitFor(() => expect(station.requests.filter((path) => path.endsWith('6758@1'))).toHaveLength(1 + times), soon);
  await opened(1);
  clock.now = at('15:24:00');
  await opened(2);
  // Nothing is traded before the closing auction, and no message is usual.
  clock.now = at('15:26:00');
  station.cut();
  await opened(3);
  const bar = { begin: at('15:30:00'), open: 2_490, high: 2_510, low: 2_490, close: 2_500, volume: 300 };
  const messages = streamOf('7203', [bar], new RandomStream('closing auction'));
  await vi.waitFor(() => {
    clock.now = at('15:35:05');
    for (const { message } of messages) station.push(message);
    expect(recorded.flatMap(({ bars }) => bars).at(-1)).toEqual(bar);
  }, soon);
  const gaps = recorded.flatMap(({ symbol, gaps: own }) => (symbol === '6758' ? own : []));
  expect(gaps.at(-2)!.begin).toBe(at('15:20:00'));
  expect(gaps.at(-1)).toEqual({ begin: at('15:25:00'), reason: 'the stream was cut at 15:26:00' });
  stop.abort();
  await ended;
  const asked = new Set(station.requests.map((path) => path.replace(/\d{4}@1/, 'CODE@1')));
  expect(asked).toEqual(new Set(['POST /token', 'PUT /register', 'GET /board/CODE@1']));
});

it('refuses an unknown code, and a wrong password without showing it', async () => {
  const unknown = { code: 'data.symbol-unknown', message: expect.stringMatching(/board\/9999@1: .* a wrong code/) };
  await expect(startRecorder(['7203', '9999']).ended).rejects.toMatchObject(unknown);
  const wrong = { code: 'data.provider-forbidden', message: expect.not.stringContaining('secret2') };
  await expect(startRecorder(['7203'], 'secret2').ended).rejects.toMatchObject(wrong);
});

it('says what to do where kabu STATION does not run', async () => {
  await station.close();
  await expect(startRecorder(['7203']).ended).rejects.toThrow(/ECONNREFUSED: start kabu STATION/);
});

it('has no function that could send an order', () => {
  const functions = Object.getOwnPropertyNames(KabuStationClient.prototype);
  expect(functions.toSorted()).toEqual(['board', 'constructor', 'login', 'register', 'stream']);
});
