import type { Ask } from '@daytrade/canary';

const answerMs = 60_000;

/** Asks processes of ml-service, each request within a minute; a process that does not answer rejects. */
export function askWithToken(token: string | undefined, signal: AbortSignal): Ask {
  return async (url, { method, body }) => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }), signal: timeout });
    return { status: answer.status, text: await answer.text() };
  };
}
