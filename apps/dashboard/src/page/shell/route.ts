import { signal } from '@preact/signals';

/** The views of the page, in the order of the navigation. */
export const viewNames = ['today', 'symbol', 'accuracy', 'strategy', 'earnings', 'models', 'jobs', 'quality'] as const;
export type ViewName = (typeof viewNames)[number];

export interface Route {
  readonly view: ViewName;
  readonly argument: string | null;
}

/** Parses the hash of an address. One without a known view is the first view. */
export function parseRoute(hash: string): Route {
  const [view = '', argument = ''] = hash.replace(/^#\/?/, '').split('/');
  const knownView = viewNames.find((name) => name === view);
  return { view: knownView ?? 'today', argument: knownView === undefined || argument === '' ? null : decode(argument) };
}

export function formatHash(view: ViewName, argument?: string): string {
  return argument === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(argument)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal<Route>({ view: 'today', argument: null });

/** Keeps the route in step with the address. */
export function followAddress(): void {
  const follow = () => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener('hashchange', follow);
  follow();
}
