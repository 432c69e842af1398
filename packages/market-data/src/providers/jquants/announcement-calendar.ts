import { isDayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import type { Announcement } from '../../provider.ts';
import { type JQuantsClient, readPages } from './client.ts';
import { symbolOfRow } from './issues.ts';
import { announcementsPlanned } from './published.ts';

const path = '/equities/earnings-calendar';

/**
 * Companies that plan to announce results on the next business day (https://jpx-jquants.com/en/spec/eq-earnings-cal).
 * It has those whose year ends in March or September, on every plan. It is read once; if that fails it is empty, and
 * the bars come all the same.
 */
export class AnnouncementCalendar {
  readonly #planned: ReadonlyMap<SymbolCode, readonly Announcement[]>;
  /** Reason for an empty calendar; undefined where it was read. */
  readonly note: string | undefined;

  private constructor(planned: ReadonlyMap<SymbolCode, readonly Announcement[]>, note?: string) {
    this.#planned = planned;
    this.note = note;
  }

  /** @throws DayTradeError what says nothing of these rows alone: `data.provider-throttled`, `data.clock-skew` */
  static async read(client: JQuantsClient, signal?: AbortSignal): Promise<AnnouncementCalendar> {
    try {
      const bySymbol = Map.groupBy(await readPages(client, path, {}, signal), (row) => symbolOfRow(row, path));
      const planned = [...bySymbol].flatMap(([symbol, rows]) =>
        symbol === undefined ? [] : [[symbol, announcementsPlanned(rows)] as const],
      );
      return new AnnouncementCalendar(new Map(planned));
    } catch (error) {
      if (!isDayTradeError(error) || !isOfThisAlone.has(error.code)) throw error;
      return new AnnouncementCalendar(new Map(), `planned announcements of results were not read: ${error.message}`);
    }
  }

  of(symbol: SymbolCode): readonly Announcement[] {
    return this.#planned.get(symbol) ?? [];
  }
}

const isOfThisAlone: ReadonlySet<string> = new Set([
  'data.provider-failed',
  'data.provider-forbidden',
  'data.provider-refused',
  'data.provider-reply-invalid',
]);
