import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type DailyReport, dailyReportSchema, type ReportEntry, type ReportedPrediction } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import { ObjectRepository } from './repository.ts';
import type { PruneSessionsOptions } from './retention.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const reportFolder = 'reports/';

export type NewReport = Omit<DailyReport, 'revision'>;

export interface ReportKey {
  readonly session: TradeDate;
  readonly synthetic: boolean;
  /** Default: the newest. */
  readonly revision?: number | undefined;
}

/**
 * The daily reports. The figures are an object named by their SHA-256 and written before the row, so a listed report is
 * whole. A report never changes; a later one is a new revision.
 */
export class ReportRepository extends ObjectRepository {
  /**
   * Saves a report as the next revision of its session, unless the newest one has the same predictions and closes.
   *
   * @returns the revision; undefined if nothing was written
   */
  async save(report: NewReport): Promise<number | undefined> {
    const { session, synthetic, madeAt } = report;
    const newest = await this.#row({ session, synthetic });
    const outcomeHash = hashOf(report.predictions);
    if (newest?.outcomeHash === outcomeHash) return undefined;
    const revision = (newest?.revision ?? 0) + 1;
    const json = JSON.stringify({ ...report, revision });
    const object = `${reportFolder}${hash('sha256', json)}`;
    await this.objects.put(object, await compress(json));
    const figures = countsOf(report.predictions);
    const row = { session, synthetic, revision, madeAt, outcomeHash, object, ...figures };
    const { db, adapter } = this;
    // If two processes save at once, the second one's object is left over.
    const added = await adapter.insertMissing(db, 'reports', [row], ['session', 'synthetic', 'revision']);
    return added === 0 ? undefined : revision;
  }

  /** Lists the newest `limit` reports of one universe, newest session and revision first. */
  async list(synthetic: boolean, limit: number): Promise<readonly ReportEntry[]> {
    const { db, adapter } = this;
    const newestFirst = db
      .selectFrom('reports')
      .select(['session', 'revision', 'madeAt', 'synthetic', 'published', 'judged', 'inside'])
      .where('synthetic', '=', synthetic)
      .orderBy('session', 'desc')
      .orderBy('revision', 'desc');
    const rows = await adapter.page(newestFirst, { limit }).execute();
    return rows.map((row, index) => ({ ...row, superseded: rows[index - 1]?.session === row.session }));
  }

  /**
   * Returns the report of a session.
   *
   * @throws DayTradeError `report.damaged` when its object is missing, changed, or has an unknown format
   */
  async find(key: ReportKey): Promise<DailyReport | undefined> {
    const row = await this.#row(key);
    return row === undefined ? undefined : await this.#read(row.object);
  }

  /** Removes the reports of old sessions, with their figures, except the newest session of each universe. */
  async prune({ before, dryRun }: PruneSessionsOptions): Promise<number> {
    const { db } = this;
    let pruned = 0;
    for (const synthetic of [true, false]) {
      const [newest] = await this.list(synthetic, 1);
      if (newest === undefined) continue;
      const until = before < newest.session ? before : newest.session;
      const old = db.selectFrom('reports').where('synthetic', '=', synthetic).where('session', '<', until);
      const objects = await old.select('object').execute();
      pruned += objects.length;
      if (dryRun) continue;
      await db.deleteFrom('reports').where('synthetic', '=', synthetic).where('session', '<', until).execute();
      for (const { object } of objects) await this.objects.delete(object);
    }
    return pruned;
  }

  async #row({ session, synthetic, revision }: ReportKey) {
    const { db, adapter } = this;
    const newestFirst = db
      .selectFrom('reports')
      .select(['revision', 'outcomeHash', 'object'])
      .where('session', '=', session)
      .where('synthetic', '=', synthetic)
      .$if(revision !== undefined, (reports) => reports.where('revision', '=', revision!))
      .orderBy('revision', 'desc');
    return await adapter.page(newestFirst, { limit: 1 }).executeTakeFirst();
  }

  async #read(object: string): Promise<DailyReport> {
    const bytes = await this.objects.get(object);
    const json = bytes === undefined ? undefined : await decompress(bytes).then(String, () => undefined);
    const whole = json !== undefined && object === `${reportFolder}${hash('sha256', json)}`;
    const parsed = whole ? dailyReportSchema.safeParse(JSON.parse(json)) : undefined;
    if (parsed?.success === true) return parsed.data;
    const changed = whole ? 'has another form than this version reads' : 'has been changed';
    const found = bytes === undefined ? 'is missing' : changed;
    throw new DayTradeError('report.damaged', `the object ${object} of a daily report ${found}`);
  }
}

/** Counts the intervals at the open, and the closes inside. */
function countsOf(predictions: readonly ReportedPrediction[]) {
  const judged = predictions.filter(({ inside }) => inside !== null);
  return {
    published: predictions.filter(({ late }) => !late).length,
    judged: judged.length,
    inside: judged.filter(({ inside }) => inside === true).length,
  };
}

function hashOf(predictions: readonly ReportedPrediction[]): string {
  return hash(
    'sha256',
    JSON.stringify(
      predictions.map(({ symbol, modelVersion, late, lower, upper, close }) => [
        symbol,
        modelVersion,
        late,
        lower,
        upper,
        close,
      ]),
    ),
  );
}
