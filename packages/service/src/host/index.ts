export { databaseCheck, type Embedded, embedded, freshnessOf, openShared, type Shared } from './backings.ts';
export { type ObservePart, observed } from './observed.ts';
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
export { databaseOptions } from './shared-settings.ts';
