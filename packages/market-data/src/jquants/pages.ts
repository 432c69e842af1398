import { invalid } from '../network/json-reply.ts';
import type { JQuantsClient, JQuantsQuery, JQuantsReply } from './client.ts';

/** A row as it came: an object of the wire, of which nothing is believed yet. */
export type JQuantsRow = Readonly<Record<string, unknown>>;

/** Pages in a row that hold nothing new before the provider is said to repeat itself. */
const mostIdlePages = 3;

/**
 * Every row of an endpoint, page after page until no `pagination_key` comes. A row that came before, equal in all, is
 * left out: a page that was sent twice is not a fault of the rows.
 *
 * @throws DayTradeError as `JQuantsClient.get`; `data.provider-reply-invalid` for a reply of another form, a key that
 * came before, or pages without end that hold nothing new
 */
export async function readPages(
  client: JQuantsClient,
  path: string,
  query: JQuantsQuery,
  signal?: AbortSignal,
): Promise<readonly JQuantsRow[]> {
  const rows = new Map<string, JQuantsRow>();
  const keys = new Set<string>();
  let idlePages = 0;
  let page: JQuantsQuery = query;
  for (;;) {
    const reply = await client.get(path, page, signal);
    const before = rows.size;
    for (const row of rowsOf(reply)) rows.set(JSON.stringify(row), row);
    const key = keyOf(reply);
    if (key === undefined) return [...rows.values()];
    idlePages = rows.size === before ? idlePages + 1 : 0;
    if (keys.has(key)) throw invalid(reply.what, `the pages repeat: the key of page ${keys.size + 1} came before`);
    if (idlePages === mostIdlePages) throw invalid(reply.what, `${mostIdlePages} pages in a row hold nothing new`);
    keys.add(key);
    page = { ...query, pagination_key: key };
  }
}

function rowsOf({ what, body }: JQuantsReply): readonly JQuantsRow[] {
  const data = (body as { readonly data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw invalid(what, 'expected an object with an array "data"');
  const wrong = data.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (wrong >= 0) throw invalid(what, `expected an object at data[${wrong}]`);
  return data as JQuantsRow[];
}

function keyOf({ what, body }: JQuantsReply): string | undefined {
  const key = (body as { readonly pagination_key?: unknown }).pagination_key;
  if (key === undefined || key === null || key === '') return undefined;
  if (typeof key === 'string') return key;
  throw invalid(what, 'expected a text as "pagination_key"');
}
