import type { addresses } from '../addresses.ts';
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
  type QueryOf,
  type Readable,
  type ReadTable,
  type Route,
  route,
} from './route.ts';

/** Every route of the three services. */
export const routes = { ...dataServiceRoutes, ...mlServiceRoutes, ...schedulerServiceRoutes } satisfies Readonly<
  Record<keyof typeof addresses, Route>
>;
export type Routes = typeof routes;
