import { DayTradeError, type ErrorCode } from '@daytrade/errors';

const longestQuote = 200;

/** What the provider said in its own words, if it said any: one line, not for ever, and without the key. */
export function quoteMessage(body: string, apiKey: string): string {
  const said = messageIn(body);
  if (said === undefined) return '';
  const line = said.replaceAll(apiKey, '(hidden)').replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ');
  return `: "${line.slice(0, longestQuote)}"`;
}

function messageIn(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a status other than 200 means (https://jpx-jquants.com/en/spec/response-status): 403 stands for a wrong key, a
 * plan without the endpoint and a wrong path alike.
 *
 * @param said the provider's words as `quoteMessage` gives them
 */
export function explainStatus(status: number, what: string, said: string): DayTradeError {
  const [code, words] = meaningOf(status, said);
  return new DayTradeError(code, `${what}: J-Quants answered ${status}${said}; ${words}`, { details: { status } });
}

function meaningOf(status: number, said: string): readonly [ErrorCode, string] {
  if (status === 401 || status === 403) return ['data.provider-forbidden', forbidden(said)];
  if (status >= 500 || status === 408) return ['data.provider-failed', 'it may work again later'];
  if (status >= 300 && status < 400) {
    return [
      'data.provider-reply-invalid',
      'it sends on to another place, where the key is not sent: correct DAYTRADE_JQUANTS_URL',
    ];
  }
  if (status === 404) return ['data.provider-refused', 'nothing is at that path: correct DAYTRADE_JQUANTS_URL'];
  if (status === 400) {
    return [
      'data.provider-refused',
      'it does not take the question: ask for a code that is listed and for days that the plan holds',
    ];
  }
  return ['data.provider-reply-invalid', 'that is no answer of its interface'];
}

function forbidden(said: string): string {
  if (/api key|expired/i.test(said))
    return 'make a new key on its page of API keys and set DAYTRADE_JQUANTS_API_KEY to it';
  return (
    'either the key is wrong (DAYTRADE_JQUANTS_API_KEY), or the plan has no such data (its table of plans shows ' +
    'which has)'
  );
}
