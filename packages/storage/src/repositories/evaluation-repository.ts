import type { Evaluation, JudgedPrediction } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { type JudgedArchive, type JudgedOfSymbol, openJudged, packJudged } from './judged-archive.ts';
import { removeOrphans } from './remove-orphans.ts';
import type { PruneOptions } from './retention.ts';

const judgedFolder = 'evaluations/';

/**
 * The walk-forward evaluations: the report in the database, its judged predictions (tens of thousands) in one object,
 * written before the report, so that an evaluation that is listed is whole.
 */
export class EvaluationRepository {
  readonly #database: QueriedDatabase;
  readonly #objects: ObjectStore;

  constructor(options: QueriedDatabase & { readonly objects: ObjectStore }) {
    this.#database = options;
    this.#objects = options.objects;
  }

  /** Keeps an evaluation with the predictions it judged. */
  async save(evaluation: Evaluation, judged: Iterable<JudgedOfSymbol>): Promise<void> {
    const judgedObject = `${judgedFolder}${evaluation.id}`;
    await this.#objects.put(judgedObject, await packJudged(judged));
    const { id, madeAt } = evaluation;
    const { db, adapter } = this.#database;
    await adapter.upsert(db, 'evaluations', { id, madeAt, report: JSON.stringify(evaluation), judgedObject }, ['id']);
  }

  /**
   * The newest evaluation of the next close on bars of one universe: real ones, or synthetic ones. One whose last day
   * was asked for never is, however late it was made.
   */
  async latest(synthetic: boolean): Promise<Evaluation | undefined> {
    return (await this.#newest(synthetic))?.report;
  }

  async find(id: string): Promise<Evaluation | undefined> {
    const row = await this.#database.db
      .selectFrom('evaluations')
      .select('report')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.report;
  }

  /**
   * The newest `limit` judged sessions of a symbol in the newest evaluation of its universe, oldest first; empty when
   * there are none.
   */
  async judged(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<readonly JudgedPrediction[]> {
    const archive = await this.judgedArchive(synthetic);
    return archive === undefined ? [] : (await archive.rowsOf(symbol)).slice(-limit);
  }

  /** What the newest evaluation of a universe judged, to be read symbol after symbol; undefined without one. */
  async judgedArchive(synthetic: boolean): Promise<JudgedArchive | undefined> {
    const newest = await this.#newest(synthetic);
    const archive = newest === undefined ? undefined : await this.#objects.get(newest.judgedObject);
    return archive && openJudged(archive);
  }

  /**
   * Removes judged predictions that had no report for days: what a crash between the two left.
   *
   * @param now instant, milliseconds since 1970 UTC
   */
  async removeOrphans(now: number): Promise<void> {
    await removeOrphans(this.#objects, judgedFolder, now, async () => {
      const rows = await this.#database.db.selectFrom('evaluations').select('judgedObject').execute();
      return rows.map((row) => row.judgedObject);
    });
  }

  /**
   * Removes old evaluations, but for the newest of each universe. Their judged predictions have no report then, and go
   * some days later.
   *
   * @returns how many there were
   */
  async prune({ before, dryRun }: PruneOptions): Promise<number> {
    const { db, adapter } = this.#database;
    const newest = await Promise.all(
      [true, false].map(async (synthetic) => (await this.#newest(synthetic))?.report.id),
    );
    const rows = await db.selectFrom('evaluations').select('id').where('madeAt', '<', before).execute();
    const old = rows.map(({ id }) => id).filter((id) => !newest.includes(id));
    if (!dryRun && old.length > 0) await db.deleteFrom('evaluations').where(adapter.isOneOf('id', old)).execute();
    return old.length;
  }

  async #newest(synthetic: boolean) {
    const { db, adapter } = this.#database;
    const newestFirst = db
      .selectFrom('evaluations')
      .select(['report', 'judgedObject'])
      .where(adapter.jsonField('report', 'synthetic'), '=', String(synthetic))
      .where(adapter.jsonField('report', 'stretch'), 'is distinct from', 'true')
      // Evaluations of other horizons are found by their id; older ones name none.
      .where((eb) => {
        const horizon = adapter.jsonField('report', 'horizon');
        return eb.or([eb(horizon, 'is', null), eb(horizon, '=', 'next-close')]);
      })
      .orderBy('madeAt', 'desc')
      .orderBy('id', 'desc');
    return await adapter.page(newestFirst, { limit: 1 }).executeTakeFirst();
  }
}
