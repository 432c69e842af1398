import { type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import type { BarProvider, BarSource, RefusedSource } from '../provider.ts';

/** A provider that is asked for the symbols that the ones before it did not give. */
export interface Fallback {
  readonly name: string;
  /**
   * The provider for some symbols; undefined where it need not be asked for any.
   *
   * @throws DayTradeError where its settings do not allow it
   */
  readonly open: (symbols: readonly SymbolCode[]) => BarProvider | undefined;
  /** Told which symbols it did not give either. */
  readonly onLacking?: ((symbols: readonly SymbolCode[]) => void) | undefined;
}

/** What stands in the place of a provider that cannot give a symbol. */
export interface Failover {
  /** In the order in which they are asked. */
  readonly fallbacks: readonly Fallback[];
  /** The symbols that are meant where the first provider cannot even list its own. */
  readonly wanted: () => Promise<readonly SymbolCode[]>;
}

/** Failures of the provider, or its word that it has no such symbol. */
const ofProvider = new Set<ErrorCode>([
  'data.provider-failed',
  'data.provider-forbidden',
  'data.provider-refused',
  'data.provider-reply-invalid',
  'data.provider-throttled',
  'data.symbol-unknown',
]);

/** Whether an error says that the provider cannot give what was asked, which another one may. */
export function mayBeGivenByAnother(error: unknown): boolean {
  return isDayTradeError(error) && ofProvider.has(error.code);
}

/**
 * The symbols that a fetch has not been given so far, and what was said about each. What a provider said of a symbol is
 * settled once another gives it. A file that is damaged is one that somebody has to look at: its refusal stays, whoever
 * gives the bars.
 */
export class LackingSymbols {
  readonly #refused = new Map<SymbolCode, RefusedSource>();
  readonly #kept: RefusedSource[] = [];

  get symbols(): readonly SymbolCode[] {
    return [...this.#refused.keys()];
  }

  /** Takes a refusal. One of 5-minute bars, or that is of no one symbol, makes none lacking. */
  add(refused: RefusedSource, source?: Pick<BarSource, 'symbol' | 'interval'>): void {
    const symbol = source?.interval === '5m' ? undefined : (source?.symbol ?? refused.symbol);
    const { code } = refused;
    const isSettled = code !== undefined && ofProvider.has(code);
    if (symbol !== undefined) this.#refused.set(symbol, refused);
    if (symbol === undefined || !isSettled) this.#kept.push(refused);
  }

  /** Takes what another provider refuses. What it merely does not have is said of the first one already. */
  addOther(refused: RefusedSource): void {
    if (refused.code === undefined || !ofProvider.has(refused.code)) this.#kept.push(refused);
  }

  /** Takes what another provider gave; gives back what had been said of it. */
  give(symbol: SymbolCode): RefusedSource | undefined {
    const refused = this.#refused.get(symbol);
    this.#refused.delete(symbol);
    return refused;
  }

  /** What is refused in the end. */
  get refusals(): readonly RefusedSource[] {
    return [...new Set([...this.#kept, ...this.#refused.values()])];
  }
}

const symbolsShown = 5;

/** What a fallback gave, in words. */
export function givenInWords(name: string, symbols: readonly SymbolCode[], first: RefusedSource): string {
  const shown = symbols.slice(0, symbolsShown).join(', ') + (symbols.length > symbolsShown ? ', …' : '');
  return `from ${name}, since the provider before did not give them: ${shown} (${symbols.length}); ${first.message}`;
}
