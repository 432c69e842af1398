import type { ISeriesPrimitive, Time } from 'lightweight-charts';

type PaneViews = ReturnType<NonNullable<ISeriesPrimitive<Time>['paneViews']>>;
type Renderer = NonNullable<ReturnType<PaneViews[number]['renderer']>>;

/** What a primitive of a series is given to draw on. */
export type DrawTarget = Parameters<Renderer['draw']>[0];
