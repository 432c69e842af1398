import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Evaluation, JudgedPrediction } from '@daytrade/contracts';
import type { InDayHorizon, SymbolCode } from '@daytrade/market';
import { compareText } from '@daytrade/market';
import { ObjectRepository } from './repository.ts';
import type { PruneOptions } from './retention.ts';

const judgedFolder = 'evaluations/';

export interface JudgedSymbol {
  readonly evaluation: Evaluation;
  readonly rows: readonly JudgedPrediction[];
}

/**
 * The walk-forward evaluations. The report is in the database; its judged predictions, tens of thousands, are one
 * object. The object is written first, so a listed evaluation is whole.
 */
export class EvaluationRepository extends ObjectRepository {
  async save(evaluation: Evaluation, judged: Iterable<JudgedOfSymbol>): Promise<void> {
    const judgedObject = `${judgedFolder}${evaluation.id}`;
    await this.objects.put(judgedObject, await packJudged(judged));
    const { id, madeAt } = evaluation;
    const { db, adapter } = this;
    const row = { id, madeAt, report: JSON.stringify(evaluation), judgedObject };
    await adapter.upsert(db, 'evaluations', [row], ['id']);
  }

  /**
   * Returns the newest evaluation of the next close in one universe. It ignores evaluations with a requested last day.
   */
  async latest(synthetic: boolean): Promise<Evaluation | undefined> {
    return (await this.#newest(synthetic))?.report;
  }

  async find(id: string): Promise<Evaluation | undefined> {
    const row = await this.db.selectFrom('evaluations').select('report').where('id', '=', id).executeTakeFirst();
    return row?.report;
  }

  /**
   * Returns the newest evaluation of a universe with the newest `limit` judged sessions of a symbol, oldest first;
   * undefined without an evaluation.
   */
  async judged(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<JudgedSymbol | undefined> {
    const newest = await this.#newest(synthetic);
    if (newest === undefined) return undefined;
    return { evaluation: newest.report, rows: await this.#rows(newest.judgedObject, symbol, limit) };
  }

  /** Returns the same as {@link judged} for each horizon within the day. */
  async judgedWithinDay(
    symbol: SymbolCode,
    synthetic: boolean,
    limit: number,
  ): Promise<ReadonlyMap<InDayHorizon, readonly JudgedPrediction[]>> {
    const horizon = this.adapter.jsonField('report', 'horizon');
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

  async judgedArchive(synthetic: boolean): Promise<JudgedArchive | undefined> {
    const newest = await this.#newest(synthetic);
    return newest && (await this.#archive(newest.judgedObject));
  }

  /** Removes old evaluations, with their judged predictions, except the newest of each universe. */
  async prune({ before, dryRun }: PruneOptions): Promise<number> {
    const { db, adapter } = this;
    const newest = await Promise.all(
      [true, false].map(async (synthetic) => (await this.#newest(synthetic))?.report.id),
    );
    const rows = await db
      .selectFrom('evaluations')
      .select(['id', 'judgedObject'])
      .where('madeAt', '<', before)
      .execute();
    const old = rows.filter(({ id }) => !newest.includes(id));
    if (dryRun || old.length === 0) return old.length;
    const ids = old.map(({ id }) => id);
    await db.deleteFrom('evaluations').where(adapter.isOneOf('id', ids)).execute();
    for (const { judgedObject } of old) await this.objects.delete(judgedObject);
    return old.length;
  }

  async #newest(synthetic: boolean) {
    const { adapter } = this;
    const newestFirst = this.#newestFirst(synthetic)
      .select(['report', 'judgedObject'])
      // Evaluations of other horizons are found by id.
      .where(adapter.jsonField('report', 'horizon'), '=', 'next-close');
    return await adapter.page(newestFirst, { limit: 1 }).executeTakeFirst();
  }

  #newestFirst(synthetic: boolean) {
    const { db, adapter } = this;
    return db
      .selectFrom('evaluations')
      .where(adapter.jsonField('report', 'synthetic'), '=', String(synthetic))
      .where(adapter.jsonField('report', 'stretch'), '=', 'false')
      .orderBy('madeAt', 'desc')
      .orderBy('id', 'desc');
  }

  async #archive(judgedObject: string): Promise<JudgedArchive | undefined> {
    const archive = await this.objects.get(judgedObject);
    return archive && openJudged(archive);
  }

  async #rows(judgedObject: string, symbol: SymbolCode, limit: number): Promise<readonly JudgedPrediction[]> {
    const archive = await this.#archive(judgedObject);
    return archive === undefined ? [] : (await archive.rowsOf(symbol)).slice(-limit);
  }
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Position of each symbol's block, in bytes from the end of the index. */
type ArchiveIndex = Readonly<Record<string, { readonly offset: number; readonly length: number }>>;

/** Bytes of the length of the index, a little-endian unsigned integer at the beginning. */
const headerBytes = 4;

export type JudgedOfSymbol = readonly [symbol: SymbolCode, judged: readonly JudgedPrediction[]];

/**
 * Packs judged predictions so that one symbol can be read alone: the length of the index, the index as JSON, then the
 * compressed JSON rows of each symbol, oldest session first.
 *
 * @param bySymbol each symbol once; read one after another, so that memory holds the rows of one symbol
 */
export async function packJudged(bySymbol: Iterable<JudgedOfSymbol>): Promise<Uint8Array> {
  const compressed: [SymbolCode, Uint8Array][] = [];
  for (const [symbol, judged] of bySymbol) {
    const sorted = judged.toSorted((one, other) => compareText(one.session, other.session));
    compressed.push([symbol, await compress(JSON.stringify(sorted))]);
  }
  compressed.sort(([one], [other]) => compareText(one, other));
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

export interface JudgedArchive {
  /** Returns the rows of one symbol, oldest session first. */
  rowsOf(symbol: SymbolCode): Promise<readonly JudgedPrediction[]>;
}

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
