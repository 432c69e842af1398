import { signal } from '@preact/signals';

/** The views of the page, in the order of the navigation. */
export const viewNames = ['today', 'symbol', 'accuracy', 'strategy', 'earnings', 'models', 'jobs', 'quality'] as const;
export type ViewName = (typeof viewNames)[number];

/** A view and its argument: `#/symbol/7203`. */
export interface Route {
  /** null for an unknown view, which the argument names. */
  readonly view: ViewName | null;
  readonly argument: string | null;
}

/** Parses the hash of an address. An empty one is the first view. */
export function parseRoute(hash: string): Route {
  const [view = '', argument = ''] = hash.replace(/^#\/?/, '').split('/');
  const known = view === '' ? 'today' : viewNames.find((name) => name === view);
  if (known === undefined) return { view: null, argument: decode(view) };
  return { view: known, argument: argument === '' ? null : decode(argument) };
}

/** Returns the hash that leads to a view. */
export function hashOf(view: ViewName, argument?: string): string {
  return argument === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(argument)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The view on the screen. */
export const route = signal<Route>({ view: 'today', argument: null });

/** Keeps the route in step with the address. */
export function followAddress(): void {
  const follow = () => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener('hashchange', follow);
  follow();
}
