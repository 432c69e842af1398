import type { Address } from '../addresses.ts';
import { dataServiceRoutes } from './data-service.ts';
import { mlServiceRoutes } from './ml-service.ts';
import type { Route } from './route.ts';
import { schedulerServiceRoutes } from './scheduler-service.ts';

export {
  type AnswerOf,
  type CallOf,
  grantedBy,
  type Kept,
  type PartOf,
  type Readable,
  type ReadTable,
  type Route,
  route,
} from './route.ts';

/** Every route of the three services. */
export const routes = { ...dataServiceRoutes, ...mlServiceRoutes, ...schedulerServiceRoutes } satisfies Readonly<
  Record<string, Route>
>;
export type Routes = typeof routes;

export type Addresses = { readonly [Name in keyof Routes]: Pick<Routes[Name], keyof Address> };

/** Returns the addresses of all routes alone, for the page, which carries no schemas. */
export function addressesOfRoutes(): Addresses {
  const entries = Object.entries(routes).map(([name, { service, method, path }]) => [name, { service, method, path }]);
  return Object.fromEntries(entries) as Addresses;
}
