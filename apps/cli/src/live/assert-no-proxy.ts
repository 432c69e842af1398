import { DayTradeError } from '@daytrade/errors';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses to ask the broker where the environment has Node.js send requests to loopback through a proxy, which would
 * see the password, the token and the orders.
 *
 * @param flags of Node.js itself
 * @throws DayTradeError `trading.live-not-ready`
 */
export function assertNoProxy(url: string, environment: Environment, flags: readonly string[]): void {
  const { NODE_USE_ENV_PROXY: switchedOn, NODE_OPTIONS = '' } = environment;
  const usesProxy = switchedOn === '1' || [...flags, ...NODE_OPTIONS.split(/\s+/)].includes('--use-env-proxy');
  const proxy = environment.http_proxy ?? environment.HTTP_PROXY ?? '';
  const spared = (environment.no_proxy ?? environment.NO_PROXY ?? '').split(/[\s,]+/);
  const { hostname } = new URL(url);
  if (!usesProxy || proxy === '' || spared.includes('*') || spared.includes(hostname)) return;
  throw new DayTradeError(
    'trading.live-not-ready',
    `HTTP_PROXY: the broker would be asked through it; expected ${hostname} in NO_PROXY`,
    { details: { field: 'NO_PROXY', hostname } },
  );
}
