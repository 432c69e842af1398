export { type Embedded, embedded, openShared, type Shared } from './backings.ts';
export { type ObservePart, observed, tracedTogether } from './observed.ts';
export {
  type Backing,
  type CreatePart,
  type Host,
  type OpenBacking,
  openHost,
  type PartContext,
  type PartName,
  untilAborted,
} from './open-host.ts';
export { databaseCheck, freshnessOf } from './readiness.ts';
export { databaseOptions } from './shared-settings.ts';
