import { japanDate, japanTime } from '@daytrade/market';
import { barMilliseconds } from '@daytrade/series';
import type { RecordedBar } from '../providers/kabu-station/recording.ts';
import type { RandomStream } from '../providers/synthetic/random.ts';

/** A message as kabu STATION writes it. */
export type KabuMessage = Readonly<Record<string, string | number | null>> & { readonly Symbol: string };

/** A trade, and the shares of the session up to it. */
type Trade = Readonly<Record<'time' | 'price' | 'volume', number>>;

/** Milliseconds, as the broker names them (https://kabucom.github.io/kabusapi/ptal/faq.html). */
const merged = 400;

/**
 * Simulates the stream of one symbol in one session from its 5-minute bars. Trades within 400 ms are merged: first,
 * highest, lowest and last price are sent (https://github.com/kabucom/kabusapi/issues/500).
 *
 * @returns messages with the instants at which they come
 */
export function streamOf(Symbol: string, bars: readonly RecordedBar[], random: RandomStream) {
  const trades = tradesOf(bars, random);
  const first = trades[0]!;
  let [high, low] = [first, first];
  const messages: { readonly at: number; readonly message: KabuMessage }[] = [];
  for (let from = 0; from < trades.length; ) {
    const end = trades[from]!.time + merged;
    let to = from;
    while (to < trades.length && trades[to]!.time < end) to += 1;
    const group = trades.slice(from, to);
    const [lowest, highest] = [1, -1].map(
      (sign) => group.toSorted((one, other) => sign * (one.price - other.price))[0]!,
    );
    const sent = new Set([group[0]!, group.at(-1)!]);
    // A new extreme of the session is in the totals alone.
    if (highest!.price > high.price) high = highest!;
    else sent.add(highest!);
    if (lowest!.price < low.price) low = lowest!;
    else sent.add(lowest!);
    for (const trade of [...sent].sort((one, other) => one.volume - other.volume)) {
      const message: Record<string, string | number> = { Exchange: 1, TradingVolume: trade.volume };
      for (const [name, { price, time }] of Object.entries({ Current: trade, Opening: first, High: high, Low: low })) {
        message[`${name}Price`] = price;
        message[`${name}PriceTime`] = `${japanDate(time)}T${japanTime(time)}+09:00`;
      }
      messages.push({ at: end, message: { ...message, Symbol } });
    }
    from = to;
  }
  return messages;
}

/** Trades whose prices and volumes add up to the bars; a fifth of them follow within 0.3 s of another one. */
function tradesOf(bars: readonly RecordedBar[], random: RandomStream): readonly Trade[] {
  const trades: Trade[] = [];
  let total = 0;
  for (const { begin, open, high, low, close, volume } of bars) {
    const count = Math.min(volume - 4, Math.floor(56 * random.uniform()));
    const between = Array.from({ length: count }, () =>
      Math.min(high, low + Math.round((high - low) * random.uniform())),
    );
    for (const price of [high, low]) between.splice(Math.floor(between.length * random.uniform()), 0, price);
    const prices = [open, ...between, close];
    let time = barMilliseconds * random.uniform();
    const times = prices.map(() => {
      const isNear = random.uniform() < 0.2;
      time = (isNear ? time + 300 * random.uniform() : barMilliseconds * random.uniform()) % barMilliseconds;
      return begin + Math.floor(time);
    });
    const size = Math.floor(volume / prices.length);
    for (const [index, instant] of times.sort((one, other) => one - other).entries()) {
      total += index === 0 ? volume - size * (prices.length - 1) : size;
      trades.push({ time: instant, price: prices[index]!, volume: total });
    }
  }
  return trades;
}
