import { hash } from 'node:crypto';
import type { Activation, Model } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { activationLog, modelVersion, previousLive } from './model-history.ts';
import { ObjectRepository } from './repository.ts';
import type { PruneOptions } from './retention.ts';

/** A new model, without the values that the registry adds. */
export type NewModel = Omit<Model, 'version' | 'status' | 'soleMember' | 'artifactHash' | 'artifactBytes'>;

export interface ModelSwitch {
  readonly model: Model;
  /** The version that was live before, if any. */
  readonly previous: string | null;
}

const artifactFolder = 'models/';

/**
 * The trained models: records, artifacts and the append-only log of activations.
 *
 * The artifact is an object named by its SHA-256 and written before the record, so a listed model is whole.
 */
export class ModelRegistry extends ObjectRepository {
  /** Stores an artifact and lists its model as a candidate, under a new version. */
  async register(model: NewModel, artifact: Uint8Array): Promise<Model> {
    const artifactHash = hash('sha256', artifact);
    await this.objects.put(artifactKey(artifactHash), artifact);
    const { members, ...record } = model;
    return await this.#alone(async (transaction) => {
      const versions = await transaction.selectFrom('models').select('version').execute();
      const version = modelVersion({
        createdAt: model.createdAt,
        artifactHash,
        existing: versions.map((row) => row.version),
      });
      const row = { ...record, version, artifactHash, artifactBytes: artifact.byteLength };
      await transaction
        .insertInto('models')
        .values({ ...row, members: JSON.stringify(members) })
        .execute();
      return await this.#get(transaction, version);
    });
  }

  /** Lists all models, newest first. */
  async list(): Promise<readonly Model[]> {
    const rows = await this.#models(this.db).orderBy('createdAt', 'desc').orderBy('version', 'desc').execute();
    return rows.map(modelOf);
  }

  async find(version: string): Promise<Model | undefined> {
    return await this.#find(this.db, version);
  }

  async live(): Promise<Model | undefined> {
    const row = await this.#models(this.db).where('version', '=', this.#liveVersion(this.db)).executeTakeFirst();
    return row === undefined ? undefined : modelOf(row);
  }

  /** Returns the log of activations, oldest first. */
  async activations(): Promise<readonly Activation[]> {
    return await activationLog(this.db);
  }

  /**
   * Returns the artifact of a version.
   *
   * @throws DayTradeError `model.not-found`; `model.file-invalid` when the artifact is missing or its hash differs
   */
  async artifact(version: string): Promise<Uint8Array> {
    const { artifactHash } = await this.#get(this.db, version);
    const bytes = await this.objects.get(artifactKey(artifactHash));
    if (bytes !== undefined && hash('sha256', bytes) === artifactHash) return bytes;
    const found =
      bytes === undefined ? 'is missing' : `has the SHA-256 ${hash('sha256', bytes)}, expected ${artifactHash}`;
    throw new DayTradeError('model.file-invalid', `the file of model ${version} ${found}`);
  }

  /**
   * Makes a model live, in one transaction with its entry in the log; does nothing if it is live already.
   *
   * @param at instant, ISO 8601 in UTC
   * @param by name of the requesting token
   * @throws DayTradeError `model.not-found`
   */
  async promote(
    version: string,
    action: 'promote' | 'automatic',
    at: string,
    by: string | null = null,
  ): Promise<ModelSwitch> {
    return await this.#alone(async (transaction) => {
      await this.#get(transaction, version);
      const previous = (await this.#liveVersion(transaction).executeTakeFirst())?.version ?? null;
      if (previous !== version) await append(transaction, { at, version, previous, action, by });
      return { model: await this.#get(transaction, version), previous };
    });
  }

  /** Returns the possible targets of {@link rollback}, the last live one first. */
  async rollbackTargets(): Promise<readonly Model[]> {
    const log = await activationLog(this.db);
    const targets = await Promise.all(targetsOf(log).map((version) => this.find(version)));
    return targets.filter((model) => model !== undefined);
  }

  /**
   * Makes the previously live model live again; a second call goes one further back.
   *
   * @param at instant, ISO 8601 in UTC
   * @param passedOver versions of {@link rollbackTargets} to skip
   * @param by name of the requesting token
   * @throws DayTradeError `model.none-live`, `model.nothing-to-roll-back`
   */
  async rollback(
    at: string,
    passedOver: ReadonlySet<string> = new Set(),
    by: string | null = null,
  ): Promise<ModelSwitch> {
    return await this.#alone(async (transaction) => {
      const log = await activationLog(transaction);
      const live = log.at(-1)?.version;
      if (live === undefined)
        throw new DayTradeError('model.none-live', 'no model is live, so none can be rolled back');
      const version = targetsOf(log).find((target) => !passedOver.has(target));
      if (version === undefined) {
        const message = `${live} is live and none ${passedOver.size === 0 ? '' : 'that can be used '}was before it`;
        throw new DayTradeError('model.nothing-to-roll-back', message);
      }
      await append(transaction, { at, version, previous: live, action: 'rollback', by });
      return { model: await this.#get(transaction, version), previous: live };
    });
  }

  async #get(db: Kysely<Tables>, version: string): Promise<Model> {
    const model = await this.#find(db, version);
    if (model !== undefined) return model;
    throw new DayTradeError('model.not-found', `there is no model ${JSON.stringify(version)}`);
  }

  async #find(db: Kysely<Tables>, version: string): Promise<Model | undefined> {
    const row = await this.#models(db).where('version', '=', version).executeTakeFirst();
    return row === undefined ? undefined : modelOf(row);
  }

  /** Selects the models with their status. The log only grows, so it is aggregated in the database. */
  #models(db: Kysely<Tables>) {
    return db
      .selectFrom('models')
      .selectAll()
      .select((eb) =>
        eb
          .case()
          .when('version', '=', this.#liveVersion(db))
          .then('live')
          .when(
            eb.exists(eb.selectFrom('activations').select('id').whereRef('activations.version', '=', 'models.version')),
          )
          .then('retired')
          .else('candidate')
          .end()
          .$castTo<Model['status']>()
          .as('status'),
      );
  }

  #liveVersion(db: Kysely<Tables>) {
    const newestFirst = db.selectFrom('activations').select('version').orderBy('id', 'desc');
    return this.adapter.page(newestFirst, { limit: 1 });
  }

  /** Removes old models that were never live and have no predictions, with their artifacts. */
  async prune({ before, dryRun }: PruneOptions): Promise<readonly string[]> {
    const old = await this.#alone(async (transaction) => {
      const rows = await transaction
        .selectFrom('models')
        .select(['version', 'artifactHash'])
        .where('createdAt', '<', before)
        .where((eb) => {
          const activated = eb
            .selectFrom('activations')
            .select('id')
            .whereRef('activations.version', '=', 'models.version');
          const named = eb
            .selectFrom('predictions')
            .select('symbol')
            .whereRef('predictions.modelVersion', '=', 'models.version');
          return eb.and([eb.not(eb.exists(activated)), eb.not(eb.exists(named))]);
        })
        .orderBy('version')
        .execute();
      const versions = rows.map(({ version }) => version);
      if (!dryRun && versions.length > 0)
        await transaction.deleteFrom('models').where(this.adapter.isOneOf('version', versions)).execute();
      return rows;
    });
    if (!dryRun) await this.#removeArtifacts(old.map(({ artifactHash }) => artifactHash));
    return old.map(({ version }) => version);
  }

  /** Removes artifacts that no model names any more: a repeated training has the same one. */
  async #removeArtifacts(hashes: readonly string[]): Promise<void> {
    const named = new Set((await this.list()).map(({ artifactHash }) => artifactHash));
    for (const hash of hashes) if (!named.has(hash)) await this.objects.delete(artifactKey(hash));
  }

  /** Runs work under a lock, since version numbers and activations depend on all earlier rows. */
  async #alone<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    return await this.db.transaction().execute(async (transaction) => {
      await this.adapter.lockInTransaction(transaction, 'models');
      return await work(transaction);
    });
  }
}

function targetsOf(log: readonly Activation[]): readonly string[] {
  return [...new Set(previousLive(log))].filter((version) => version !== log.at(-1)?.version);
}

async function append(transaction: Transaction<Tables>, activation: Activation): Promise<void> {
  await transaction.insertInto('activations').values(activation).execute();
}

function modelOf(row: Selectable<Tables['models']> & Pick<Model, 'status'>): Model {
  return { ...row, soleMember: soleMember(row.members) };
}

/** Weight above which a member counts as the only one; weights sum to 1. */
const allTheWeight = 0.9995;

function soleMember(members: Model['members']): string | null {
  return members.find(({ weight }) => weight !== null && weight >= allTheWeight)?.name ?? null;
}

function artifactKey(hash: string): string {
  return `${artifactFolder}${hash}`;
}
