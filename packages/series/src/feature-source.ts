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
export type FeatureMachine = (bar: SymbolBar, session: SessionState) => number;

/** A feature computed for each symbol on its own, from its bars and from what the session says of all. */
export interface MachineFeature extends FeatureDefinition {
  readonly machine: () => FeatureMachine;
}

/** A feature that is the rank, across the symbols of a session, of a feature computed before it. */
export interface RankFeature extends FeatureDefinition {
  readonly rankOf: string;
}

/** Everything there is to say of a feature: what it is called and how it is computed. */
export type FeatureSource = MachineFeature | RankFeature;

/** A function that defines scale-free features of one group. */
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
