import { hash } from 'node:crypto';
import { type FetchRequest, fetchRequestSchema } from '@daytrade/contracts';
import { Repository } from './repository.ts';

/** A request that brought bars, for updates and repairs to repeat. */
export interface SourceRecord {
  readonly request: FetchRequest;
  /** Start of the last fetch with this request that succeeded. ISO 8601, UTC. */
  readonly fetchedAt: string;
}

/** The requests that brought bars, once each. */
export class SourceRepository extends Repository {
  async save({ request, fetchedAt }: SourceRecord): Promise<void> {
    const { db, adapter } = this;
    await adapter.upsert(db, 'sources', [sourceRow(request, fetchedAt)], ['id']);
  }

  /** Lists all sources, the last fetched first. */
  async list(): Promise<readonly SourceRecord[]> {
    const rows = await this.db.selectFrom('sources').selectAll().orderBy('fetchedAt', 'desc').execute();
    return rows.map(({ request, fetchedAt }) => ({ request: fetchRequestSchema.parse(request), fetchedAt }));
  }
}

/** Returns the row of a request; equal requests have the same id. */
function sourceRow(request: Readonly<Record<string, unknown>>, fetchedAt: string) {
  const text = JSON.stringify(request);
  const id = hash('sha256', text);
  return { id, provider: String(request.provider).slice(0, 16), request: text, fetchedAt };
}
