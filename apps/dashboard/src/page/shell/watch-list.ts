import { signal } from '@preact/signals';

const storageKey = 'daytrade.watched';

/** The codes on the watch list of this browser, in the order in which they were added. */
export const watchList = signal<readonly string[]>((localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean));

/** Returns the list without an entry that it has, else with it at its end. */
export function toggled(list: readonly string[], entry: string): readonly string[] {
  return list.includes(entry) ? list.filter((item) => item !== entry) : [...list, entry];
}

/** Adds a symbol to the watch list, or takes it off, and remembers it. */
export function turnWatched(symbol: string): void {
  watchList.value = toggled(watchList.value, symbol);
  localStorage.setItem(storageKey, watchList.value.join(' '));
}
