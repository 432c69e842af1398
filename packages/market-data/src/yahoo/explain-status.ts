import { DayTradeError, type ErrorCode } from '@daytrade/errors';

const longestQuote = 200;

/** What Yahoo said in its own words: `description` of the error in a reply; undefined where there is none. */
export function quoteDescription(body: string): string | undefined {
  try {
    const { chart, finance } = JSON.parse(body) as Readonly<Record<string, Wrapped | undefined>>;
    const said = (chart ?? finance)?.error?.description;
    return typeof said === 'string' ? oneLine(said) : undefined;
  } catch {
    return undefined;
  }
}

interface Wrapped {
  readonly error?: { readonly description?: unknown } | null;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').slice(0, longestQuote);
}

/**
 * What a status other than 200 means. Yahoo documents none; these are what it was seen to answer.
 *
 * @param said Yahoo's words as `quoteDescription` gives them
 */
export function explainStatus(status: number, what: string, said: string | undefined): DayTradeError {
  const [code, words] = meaningOf(status, said);
  const quoted = said === undefined ? '' : `: "${said}"`;
  return new DayTradeError(code, `${what}: Yahoo answered ${status}${quoted}; ${words}`, {
    details: { status, provider: 'yahoo' },
  });
}

function meaningOf(status: number, said: string | undefined): readonly [ErrorCode, string] {
  if (status === 404 && said !== undefined) {
    return ['data.symbol-unknown', 'a wrong code, or it was delisted, merged or got another code'];
  }
  if (status === 404) return ['data.provider-refused', 'nothing is at that path: correct DAYTRADE_YAHOO_URL'];
  if (status === 400 || status === 422) {
    return ['data.provider-refused', 'it does not take the question: ask for days on which the symbol was listed'];
  }
  if (status === 401 || status === 403) {
    return [
      'data.provider-forbidden',
      'the interface is unofficial and may be closed at any time: use a provider with a contract, as jquants',
    ];
  }
  if (status >= 500 || status === 408) return ['data.provider-failed', 'it may work again later'];
  if (status >= 300 && status < 400) {
    return ['data.provider-reply-invalid', 'it sends on to another place: correct DAYTRADE_YAHOO_URL'];
  }
  return ['data.provider-reply-invalid', 'that is no answer of its interface'];
}
