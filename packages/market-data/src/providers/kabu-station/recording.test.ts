import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { japanDate, parseTradeDate, sessionOpen, type TradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { streamOf } from '../../testing/kabu-stream.ts';
import { RandomStream } from '../synthetic/random.ts';
import { messageSchema } from './message.ts';
import { newRecording, next, type RecordedBar, type RecordingEvent } from './recording.ts';

const repository = resolve(import.meta.dirname, '../../../../..');
const data = resolve(repository, process.env.DAYTRADE_TEST_DATA ?? '../shared/data', 'tse/5min-2025');
const absent = existsSync(data) ? '' : ` (skipped: no market data at ${data}; set DAYTRADE_TEST_DATA)`;

type Stream = ReturnType<typeof streamOf>;

/** Records a stream from before the open; a random share of its messages is followed by a fault. */
function record(session: TradeDate, messages: Stream, random: RandomStream, share = 0) {
  const recorded = { bars: new Map<number, RecordedBar>(), gaps: new Map<number, string>(), faults: 0 };
  let state = newRecording(session, 'recording began');
  const take = (event: RecordingEvent, now: number) => {
    const step = next(state, event, now);
    state = step.state;
    for (const bar of step.bars) recorded.bars.set(bar.begin, bar);
    for (const { begin, reason } of step.gaps) recorded.gaps.set(begin, reason);
  };
  const takeMessage = (message: Stream[number]['message'], now: number) =>
    take({ kind: 'message', message: messageSchema.parse(message) }, now);
  takeMessage({ Symbol: '7203' }, sessionOpen(session) - 1);
  let clock = 0;
  for (let index = 0; index < messages.length; index += 1) {
    const { at: now, message } = messages[index]!;
    if (now - clock >= 1_000) take({ kind: 'clock' }, (clock = now));
    takeMessage(message, now);
    if (random.uniform() >= share) continue;
    recorded.faults += 1;
    const kind = Math.floor(3 * random.uniform());
    if (kind === 0) for (const { message: again } of messages.slice(0, index + 1).slice(-4)) takeMessage(again, now);
    if (kind === 1) take({ kind: 'cut', reason: 'the stream was cut' }, now);
    if (kind === 2) state = newRecording(session, 'recording began');
    if (kind > 0) index += Math.floor(40 * random.uniform() ** 2);
  }
  take({ kind: 'clock' }, sessionOpen(session) + 8 * 3_600_000);
  return recorded;
}

it('takes late messages into the bar of their time, and marks the bar of a message with another date', () => {
  const [session, random] = [parseTradeDate('2025-06-02'), new RandomStream('three bars')];
  const begins = newRecording(session, '').begins.slice(0, 3);
  const bars = begins.map((begin) => ({ begin, open: 100, high: 105, low: 98, close: 101, volume: 9_000 }));
  const stream = streamOf('7203', bars, random);
  const newest = (before: number) => stream.findLastIndex(({ at }) => at < before);
  const late = newest(begins[1]!);
  const messages = stream.map((one, index) =>
    index < late ? one : { ...one, at: Math.max(one.at, begins[1]! + 6_000) },
  );
  const wrong = newest(begins[2]! - 60_000);
  const { message, at } = messages[wrong]!;
  messages.splice(wrong, 0, { at, message: { ...message, CurrentPriceTime: '2025-05-30T09:06:00+09:00' } });
  const recorded = record(session, messages, random);
  expect([...recorded.bars.values()]).toEqual([bars[0], bars[2]]);
  expect([...recorded.gaps]).toEqual([[begins[1], 'a message has the date 2025-05-30']]);
});

/** Bars of the newest real sessions that were traded, by symbol. */
function realSessions(count: number) {
  return readdirSync(data).flatMap((name) => {
    const rows = readFileSync(join(data, name), 'utf8').trim().split('\n').slice(1);
    const bars = rows.map((row) => {
      const [time = '', ...values] = row.split(',');
      const [open = 0, high = 0, low = 0, close = 0, volume = 0] = values.map(Number);
      return { begin: Date.parse(time.replace(' ', 'T')), open, high, low, close, volume };
    });
    const byDay = Map.groupBy(
      bars.filter(({ volume }) => volume >= 4),
      ({ begin }) => japanDate(begin),
    );
    return [...byDay].slice(-count).map(([session, own]) => ({ symbol: name.slice(0, 4), session, bars: own }));
  });
}

function compareAll(sessions: ReturnType<typeof realSessions>, share: number) {
  const random = new RandomStream('kabu STATION');
  const found = { faults: 0, bars: 0, equal: 0, different: 0, gaps: 0, unmarked: 0 };
  for (const { symbol, session, bars } of sessions) {
    const recorded = record(session, streamOf(symbol, bars, random), random, share);
    found.faults += recorded.faults;
    for (const bar of bars) {
      const own = recorded.bars.get(bar.begin);
      found.bars += 1;
      if (own !== undefined) found[isDeepStrictEqual(own, bar) ? 'equal' : 'different'] += 1;
      else found[recorded.gaps.has(bar.begin) ? 'gaps' : 'unmarked'] += 1;
    }
  }
  console.log(found);
  return found;
}

it.skipIf(absent !== '')(
  `equals its source in 99.9 % of bars, and loses or invents none in 1,000 faults of a simulated stream${absent}`,
  { tags: ['long'], timeout: 300_000 },
  () => {
    const { bars, equal, gaps } = compareAll(realSessions(21), 0);
    expect(bars).toBeGreaterThan(16_000);
    expect(equal / bars).toBeGreaterThanOrEqual(0.999);
    expect(gaps).toBe(0);
    const { faults, different, unmarked } = compareAll(realSessions(12), 0.004);
    expect(faults).toBeGreaterThanOrEqual(1_000);
    expect({ different, unmarked }).toEqual({ different: 0, unmarked: 0 });
  },
);
