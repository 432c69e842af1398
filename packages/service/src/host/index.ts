export { type Embedded, embedded } from './adapters/embedded.ts';
export { openShared, type Shared } from './adapters/shared.ts';
export { databaseOptions } from './adapters/shared-settings.ts';
export { databaseCheck } from './database-check.ts';
export { freshnessOf } from './freshness.ts';
export { type ObservePart, observed, tracedTogether } from './observed.ts';
export { type Host, openHost, untilAborted } from './open-host.ts';
export {
  type Backing,
  type CreatePart,
  type OpenBacking,
  type PartContext,
  type PartName,
} from './parts.ts';
