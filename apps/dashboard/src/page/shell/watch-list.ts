import { signal } from '@preact/signals';

const storageKey = 'daytrade.watched';

/** The codes on the watch list of this browser, in the order in which they were added. */
export const watchList = signal<readonly string[]>((localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean));

/** Adds a symbol to the watch list, or takes it off, and remembers it. */
export function turnWatched(symbol: string): void {
  const others = watchList.value.filter((code) => code !== symbol);
  watchList.value = others.length < watchList.value.length ? others : [...others, symbol];
  localStorage.setItem(storageKey, watchList.value.join(' '));
}
