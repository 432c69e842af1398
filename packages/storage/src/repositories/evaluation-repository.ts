import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Evaluation, JudgedPrediction } from '@daytrade/contracts';
import type { InDayHorizon, SymbolCode } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { PruneOptions } from './retention.ts';
import { removeOrphans } from './retention.ts';

const judgedFolder = 'evaluations/';

/** An evaluation with what it judged of a symbol. */
export interface JudgedSymbol {
  readonly evaluation: Evaluation;
  readonly rows: readonly JudgedPrediction[];
}

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
   * The newest evaluation of a universe with the newest `limit` sessions of a symbol that it judged, oldest first;
   * undefined without an evaluation.
   */
  async judged(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<JudgedSymbol | undefined> {
    const newest = await this.#newest(synthetic);
    if (newest === undefined) return undefined;
    return { evaluation: newest.report, rows: await this.#rows(newest.judgedObject, symbol, limit) };
  }

  /** What the newest evaluation of each horizon within the day judged of a symbol, as {@link judged}. */
  async judgedWithinDay(
    symbol: SymbolCode,
    synthetic: boolean,
    limit: number,
  ): Promise<ReadonlyMap<InDayHorizon, readonly JudgedPrediction[]>> {
    const horizon = this.#database.adapter.jsonField('report', 'horizon');
    const evaluations = await this.#newestFirst(synthetic)
      .select(['judgedObject', horizon.as('horizon')])
      .where(horizon, '<>', 'next-close')
      .execute();
    const newest = new Map(evaluations.toReversed().map((row) => [row.horizon as InDayHorizon, row.judgedObject]));
    const judged = [...newest].map(
      async ([of, judgedObject]) => [of, await this.#rows(judgedObject, symbol, limit)] as const,
    );
    return new Map(await Promise.all(judged));
  }

  /** What the newest evaluation of a universe judged, to be read symbol after symbol; undefined without one. */
  async judgedArchive(synthetic: boolean): Promise<JudgedArchive | undefined> {
    const newest = await this.#newest(synthetic);
    return newest && (await this.#archive(newest.judgedObject));
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
    const { adapter } = this.#database;
    const newestFirst = this.#newestFirst(synthetic)
      .select(['report', 'judgedObject'])
      // Evaluations of other horizons are found by their id; older ones name none.
      .where((eb) => {
        const horizon = adapter.jsonField('report', 'horizon');
        return eb.or([eb(horizon, 'is', null), eb(horizon, '=', 'next-close')]);
      });
    return await adapter.page(newestFirst, { limit: 1 }).executeTakeFirst();
  }

  /** The evaluations of a universe that may stand for the newest one. */
  #newestFirst(synthetic: boolean) {
    const { db, adapter } = this.#database;
    return db
      .selectFrom('evaluations')
      .where(adapter.jsonField('report', 'synthetic'), '=', String(synthetic))
      .where(adapter.jsonField('report', 'stretch'), 'is distinct from', 'true')
      .orderBy('madeAt', 'desc')
      .orderBy('id', 'desc');
  }

  async #archive(judgedObject: string): Promise<JudgedArchive | undefined> {
    const archive = await this.#objects.get(judgedObject);
    return archive && openJudged(archive);
  }

  async #rows(judgedObject: string, symbol: SymbolCode, limit: number): Promise<readonly JudgedPrediction[]> {
    const archive = await this.#archive(judgedObject);
    return archive === undefined ? [] : (await archive.rowsOf(symbol)).slice(-limit);
  }
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Where the block of each symbol lies, in bytes from the end of the index. */
type ArchiveIndex = Readonly<Record<string, { readonly offset: number; readonly length: number }>>;

/** Bytes of the length of the index, a little-endian unsigned integer at the beginning. */
const headerBytes = 4;

/** The judged predictions of a symbol. */
export type JudgedOfSymbol = readonly [symbol: SymbolCode, judged: readonly JudgedPrediction[]];

/**
 * Judged predictions as bytes from which one symbol is read without the others: the length of the index, the index as
 * JSON, then for each symbol its rows as compressed JSON, oldest session first.
 *
 * @param bySymbol each symbol once; taken one after another, so that only one's rows are held at a time
 */
export async function packJudged(bySymbol: Iterable<JudgedOfSymbol>): Promise<Uint8Array> {
  const compressed: [SymbolCode, Uint8Array][] = [];
  for (const [symbol, judged] of bySymbol) {
    const sorted = judged.toSorted((one, other) => (one.session < other.session ? -1 : 1));
    compressed.push([symbol, await compress(JSON.stringify(sorted))]);
  }
  compressed.sort(([one], [other]) => (one < other ? -1 : 1));
  const index: Record<string, { offset: number; length: number }> = {};
  let offset = 0;
  for (const [symbol, { byteLength: length }] of compressed) {
    index[symbol] = { offset, length };
    offset += length;
  }
  const indexBytes = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(indexBytes.byteLength);
  return Buffer.concat([header, indexBytes, ...compressed.map(([, block]) => block)]);
}

/** Judged predictions of which one symbol after another is read. */
export interface JudgedArchive {
  /** The rows of one symbol, oldest session first; empty when it has none. */
  rowsOf(symbol: SymbolCode): Promise<readonly JudgedPrediction[]>;
}

/** Reads the index of an archive, and then what is asked for. */
export function openJudged(archive: Uint8Array): JudgedArchive {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const blocksStart = headerBytes + bytes.readUInt32LE();
  const index = JSON.parse(bytes.toString('utf8', headerBytes, blocksStart)) as ArchiveIndex;
  return {
    rowsOf: async (symbol) => {
      const block = index[symbol];
      if (block === undefined) return [];
      const start = blocksStart + block.offset;
      return JSON.parse(String(await decompress(bytes.subarray(start, start + block.length)))) as JudgedPrediction[];
    },
  };
}
