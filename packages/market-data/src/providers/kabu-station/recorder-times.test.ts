import { DayTradeError } from '@daytrade/errors';
import { japanDate, japanTime } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { KabuStationClient } from './client.ts';
import { type Message, messageSchema } from './message.ts';
import { KabuStationRecorder } from './recorder.ts';

const at = (time: string, date = '2025-06-02') => Date.parse(`${date}T${time}+09:00`);
const shown = (instant: number) => `${japanDate(instant).slice(5)} ${japanTime(instant)}`;

interface Simulation {
  /** Sends a message of the symbol: its price, and its volume so far. */
  readonly send: (price: number, volume: number) => void;
  /** Ends the stream as the station does. */
  readonly end: () => void;
}

/**
 * Records one symbol on a clock that waiting moves, with a station in memory. `events` happen at their times; `fails`
 * says at which instants the station does not answer.
 */
async function simulate(
  [from, until]: readonly [number, number],
  events: Readonly<Record<string, (simulation: Simulation) => void>> = {},
  fails: (now: number) => boolean = () => false,
) {
  let now = from;
  let listeners:
    | { readonly onMessage: (message: Message) => void; readonly onEnd: (reason: string) => void }
    | undefined;
  let board: Message = messageSchema.parse({ Symbol: '7203' });
  const [asked, bars, gaps, notes, waits]: [string[], unknown[], unknown[], string[], number[]] = [[], [], [], [], []];
  const note = (what: string) => {
    asked.push(`${shown(now)} ${what}`);
    if (fails(now)) throw new DayTradeError('data.provider-failed', 'it does not answer');
  };
  const client = {
    login: async () => note('login'),
    register: async (symbols: readonly string[]) => note(`register ${symbols.join()}`),
    board: async (symbol: string) => {
      note(`board ${symbol}`);
      return board;
    },
    stream: async (onMessage: (message: Message) => void, onEnd: (reason: string) => void) => {
      note('stream');
      const own = { onMessage, onEnd };
      listeners = own;
      return () => {
        if (listeners !== own) return;
        listeners = undefined;
        onEnd('the stream was closed');
      };
    },
  } as unknown as KabuStationClient;
  const simulation: Simulation = {
    send: (price, volume) => {
      const time = `${japanDate(now)}T${japanTime(now)}+09:00`;
      const stamps = Object.fromEntries(
        ['Current', 'Opening', 'High', 'Low'].map((name) => [`${name}PriceTime`, time]),
      );
      const prices = { CurrentPrice: price, OpeningPrice: price, HighPrice: price, LowPrice: price };
      board = messageSchema.parse({ Symbol: '7203', Exchange: 1, TradingVolume: volume, ...prices, ...stamps });
      listeners?.onMessage(board);
      listeners?.onMessage({ ...board, Symbol: '9999' });
    },
    end: () => {
      const ended = listeners;
      listeners = undefined;
      ended?.onEnd('the stream was cut');
    },
  };
  const stop = new AbortController();
  const pause = async (milliseconds: number) => {
    waits.push(milliseconds);
    now += milliseconds;
    events[shown(now).slice(6)]?.(simulation);
    if (now >= until) stop.abort();
  };
  const recorder = new KabuStationRecorder({
    client,
    symbols: ['7203'],
    now: () => now,
    pause,
    onRecorded: (recorded) => {
      for (const one of recorded) {
        bars.push(...one.bars.map(({ begin, close, volume }) => [japanTime(begin), close, volume, japanTime(now)]));
        gaps.push(...one.gaps.map(({ begin, reason }) => [japanTime(begin), reason]));
      }
    },
    onNote: (text) => notes.push(`${japanTime(now)} ${text}`),
  });
  await recorder.run(stop.signal);
  return { asked, bars, gaps, notes, waits };
}

const opening = (time: string) => [`${time} login`, `${time} register 7203`, `${time} stream`, `${time} board 7203`];

describe('a recording of sessions', () => {
  it('tries the symbols at once, and waits up to 15 minutes before the open', async () => {
    const { asked, waits } = await simulate([at('08:00:00'), at('08:45:00') + 1_000]);
    expect(asked).toEqual([
      '06-02 08:00:00 login',
      '06-02 08:00:00 register 7203',
      '06-02 08:00:00 board 7203',
      ...opening('06-02 08:45:00'),
    ]);
    expect(waits).toEqual([45 * 60_000, 1_000]);
  });

  it.each([
    ['2025-06-02', '15:35:05', 1_000],
    ['2025-06-02', '15:35:05.001', (17 * 3_600 + 9 * 60 + 54.999) * 1_000],
    ['2025-05-31', '08:45:00', 48 * 3_600_000],
  ])('on %s at %s waits %d ms next', async (date, time, wait) => {
    const { waits } = await simulate([at(time, date), at(time, date) + 1]);
    expect(waits[0]).toBe(wait);
  });

  it('ends with the session, and goes on with the next one on a token of its own', async () => {
    const { asked, waits } = await simulate([at('15:35:00'), at('08:45:01', '2025-06-03')]);
    expect(asked.slice(3)).toEqual([...opening('06-02 15:35:00'), ...opening('06-03 08:45:00')]);
    expect(waits.slice(0, 7)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1_000, (17 * 3_600 + 9 * 60 + 54) * 1_000]);
  });

  it('marks the bar that it began in, and the one that it was stopped in', async () => {
    const { bars, gaps, notes } = await simulate([at('09:02:00'), at('09:12:00')], trades('09:02:04', '09:12:00'));
    expect(bars).toEqual([['09:05:00', 100, 100, '09:10:05']]);
    expect(gaps).toEqual([
      ['09:00:00', 'recording had not begun'],
      ['09:10:00', 'recording was stopped at 09:12:00'],
    ]);
    expect(notes).toEqual([]);
  });
});

/** A trade of ten shares every half a minute. */
function trades(first: string, last: string, before = 0) {
  const events: Record<string, (simulation: Simulation) => void> = {};
  let volume = before;
  for (let now = at(first); now <= at(last); now += 30_000) {
    const traded = (volume += 10);
    events[japanTime(now)] = ({ send }) => send(100, traded);
  }
  return events;
}

const reopened = (time: string) => `${time} no message came for 60 s; the stream is opened again`;

describe('a stream that is silent', () => {
  it('for more than a minute of continuous trading is opened again, and its bars are marked', async () => {
    const { asked, gaps, notes } = await simulate([at('09:00:00'), at('09:03:00')], {
      '09:00:10': ({ send }) => send(100, 500),
    });
    expect(notes).toEqual([reopened('09:01:10'), reopened('09:02:12')]);
    expect(asked.slice(3)).toEqual(['09:00:00', '09:01:11', '09:02:13'].flatMap((time) => opening(`06-02 ${time}`)));
    expect(gaps).toEqual([['09:00:00', 'recording was stopped at 09:03:00']]);
  });

  it('says in its gaps that no message came', async () => {
    const { gaps } = await simulate([at('09:00:00'), at('09:06:30')], trades('09:02:30', '09:06:30', 500));
    expect(gaps).toEqual([
      ['09:00:00', 'no message came any more at 09:02:03'],
      ['09:05:00', 'recording was stopped at 09:06:30'],
    ]);
  });

  it('outside of continuous trading is left as it is', async () => {
    const { notes, asked } = await simulate([at('11:35:00'), at('12:29:00')]);
    expect(notes).toEqual([]);
    expect(asked.filter((what) => what.endsWith('stream'))).toHaveLength(1);
  });

  it('has a bar wait for the next message where more than five seconds of it are silent', async () => {
    const bars = async (first: string) =>
      (await simulate([at('09:00:00'), at('09:06:00')], trades(first, '09:06:00'))).bars;
    expect(await bars('09:00:01')).toEqual([['09:00:00', 100, 100, '09:05:05']]);
    expect(await bars('09:00:00')).toEqual([['09:00:00', 100, 100, '09:05:30']]);
  });
});

describe('a station that does not answer', () => {
  it('at the start fails the recording', async () => {
    await expect(simulate([at('08:50:00'), at('08:51:00')], {}, () => true)).rejects.toThrow('it does not answer');
  });

  it('later is tried again after waits that double up to half a minute, anew once it has answered', async () => {
    const isAway = (now: number) => now > at('08:50:00') && now < at('08:52:30');
    const { asked, notes } = await simulate(
      [at('08:50:00'), at('08:54:00')],
      {
        '08:50:10': ({ end }) => end(),
        '08:53:20': ({ end }) => end(),
      },
      isAway,
    );
    const tries = [
      '08:50:10',
      '08:50:11',
      '08:50:13',
      '08:50:17',
      '08:50:25',
      '08:50:41',
      '08:51:11',
      '08:51:41',
      '08:52:11',
    ];
    expect(asked.filter((what) => what.endsWith('login')).slice(1)).toEqual(
      ['08:50:00', ...tries, '08:52:41', '08:53:20'].map((time) => `06-02 ${time} login`),
    );
    expect(notes).toEqual([
      '08:50:10 the stream was cut; the bars of that time are marked as gaps',
      ...tries.map((time, index) => `${time} it does not answer; tried again in ${[1, 2, 4, 8, 16][index] ?? 30} s`),
      '08:53:20 the stream was cut; the bars of that time are marked as gaps',
    ]);
  });
});
