import type { PriceFactor } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { Announcement, ShareCount } from '../provider.ts';
import { announcementsMade } from './announcements.ts';
import type { JQuantsClient } from './client.ts';
import { dividendsInNotices, dividendsInReports } from './dividends.ts';
import { daysOfReports, type JQuantsPlan } from './plans.ts';
import { PublishedRows, type PublishedSymbol } from './published-rows.ts';
import { shareCounts } from './share-counts.ts';

/** What companies published beside their prices. */
export interface Published {
  readonly dividends: readonly PriceFactor[];
  readonly shareCounts: readonly ShareCount[];
  /** Those that were made. */
  readonly announcements: readonly Announcement[];
}

const reportForm = { path: '/fins/summary', date: 'DiscDate' };
/** What is read of reports; a file has more. */
const reportColumns = ['DiscDate', 'DiscTime', 'Code', 'DocType', 'CurPerEn', 'ShOutFY', 'TrShFY'];
const noticeForm = { path: '/fins/dividend', date: 'PubDate' };

/** Reports of companies, and notices of dividends where the plan has them. */
export class Publications {
  readonly #reports: PublishedRows;
  readonly #notices: PublishedRows | undefined;

  constructor(client: JQuantsClient, plan: JQuantsPlan, symbols: readonly PublishedSymbol[], newest: TradeDate) {
    const columns = plan.hasFiles ? reportColumns : undefined;
    this.#reports = new PublishedRows(client, { ...reportForm, symbols, newest, daysBack: daysOfReports, columns });
    this.#notices = plan.hasDividends ? new PublishedRows(client, { ...noticeForm, symbols, newest }) : undefined;
  }

  /** Requests that are still to be made. */
  get requestsLeft(): number {
    return this.#reports.requestsLeft + (this.#notices?.requestsLeft ?? 0);
  }

  /** Whether nobody has to be asked any more for what was published of a symbol. */
  holds(symbol: SymbolCode): boolean {
    return this.#reports.holds(symbol) && this.#notices?.holds(symbol) !== false;
  }

  /** @throws DayTradeError as `PublishedRows.of` */
  async of(symbol: SymbolCode, signal?: AbortSignal): Promise<Published> {
    const reports = await this.#reports.of(symbol, signal);
    const notices = (await this.#notices?.of(symbol, signal)) ?? [];
    // Notices say more; where they are, the dividends of reports would repeat them.
    const dividends = notices.length > 0 ? dividendsInNotices(notices) : dividendsInReports(reports);
    return { dividends, shareCounts: shareCounts(reports), announcements: announcementsMade(reports) };
  }
}
