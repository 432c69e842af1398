import type { CalendarState } from './calendar-state.ts';
import type { FeatureDefinition, FeatureGroup } from './feature-definition.ts';
import type { MarketState } from './market-state.ts';
import type { SymbolBar } from './symbol-bar.ts';

/** What all symbols share at a session. */
export interface SessionState {
  readonly market: MarketState;
  readonly calendar: CalendarState;
}

/** State of one feature of one symbol: called once for each bar of the symbol, in order, it takes the bar and gives the value. */
export type FeatureMachine = (bar: SymbolBar) => number;

/** A feature computed for each symbol on its own, from its bars. */
export interface MachineFeature extends FeatureDefinition {
  readonly machine: () => FeatureMachine;
}

/** A feature that all symbols with a bar at a session share. */
export interface SessionFeature extends FeatureDefinition {
  readonly ofSession: (session: SessionState) => number;
}

/** A feature that is the rank, across the symbols of a session, of a feature computed before it. */
export interface RankFeature extends FeatureDefinition {
  readonly rankOf: string;
}

/** Everything there is to say of a feature: what it is called and how it is computed. */
export type FeatureSource = MachineFeature | SessionFeature | RankFeature;

/** A function that defines scale-free features of one group, each symbol's own. */
export function featuresOf(group: FeatureGroup) {
  return (name: string, lookback: number, description: string, machine: () => FeatureMachine): MachineFeature => ({
    name,
    group,
    lookback,
    scaleFree: true,
    description,
    machine,
  });
}

/** A function that defines scale-free features of one group that the symbols of a session share. */
export function sessionFeaturesOf(group: FeatureGroup) {
  return (
    name: string,
    lookback: number,
    description: string,
    ofSession: (session: SessionState) => number,
  ): SessionFeature => ({ name, group, lookback, scaleFree: true, description, ofSession });
}
