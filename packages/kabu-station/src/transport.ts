/** One request to the API, below its base address. */
export interface KabuRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With its query, for example `/orders?product=2`. */
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** What came back; the body undefined where it was not JSON. */
export interface KabuReply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks the API once.
 *
 * @throws NoAnswer where none came: what was asked may have been done all the same
 */
export type Transport = (request: KabuRequest) => Promise<KabuReply>;

/** Thrown when a request was sent and no answer came in time. */
export class NoAnswer extends Error {}

/** Milliseconds after which no answer is waited for. */
export const longestAnswer = 5_000;
const mostCharacters = 8 * 1024 * 1024;

/** Asks over HTTP; a redirect is not followed, and nothing is asked twice. */
export function httpTransport(base: string, fetch: typeof globalThis.fetch): Transport {
  return async ({ method, path, token, body }) => {
    try {
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { 'X-API-KEY': token }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(longestAnswer),
      });
      const text = await answer.text();
      return { status: answer.status, body: text.length > mostCharacters ? undefined : jsonOf(text) };
    } catch (error) {
      // The text of an error of fetch has the address and nothing of what was sent.
      throw new NoAnswer(`${method} ${path.split('?')[0]}: no answer`, { cause: error });
    }
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
