import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { TodayView } from '../views/today/today-view.tsx';
import type { ViewName } from './route.ts';

/**
 * The code of the views beside the first one comes once that one is there: a reader who has the page keeps all of it,
 * also when its server is gone or another version.
 */
const code: Readonly<Record<Exclude<ViewName, 'today'>, () => Promise<ComponentType>>> = {
  symbol: async () => (await import('../views/symbol/symbol-view.tsx')).SymbolView,
  accuracy: async () => (await import('../views/accuracy/accuracy-view.tsx')).AccuracyView,
  strategy: async () => (await import('../views/strategy/strategy-view.tsx')).StrategyView,
  models: async () => (await import('../views/models/models-view.tsx')).ModelsView,
  jobs: async () => (await import('../views/jobs/jobs-view.tsx')).JobsView,
  calendar: async () => (await import('../views/calendar/calendar-view.tsx')).CalendarView,
  quality: async () => (await import('../views/quality/quality-view.tsx')).QualityView,
};

const loaded = signal<Readonly<Partial<Record<ViewName, ComponentType>>>>({ today: TodayView });

/** A view's component; undefined for the moment in which its code is on its way. */
export function useView(view: ViewName | null): ComponentType | undefined {
  useEffect(() => {
    void load(view).then(loadOthers);
  }, [view]);
  return view === null ? undefined : loaded.value[view];
}

async function load(view: ViewName | null): Promise<void> {
  if (view === null || view === 'today' || loaded.value[view] !== undefined) return;
  // Without an answer it is tried again with the next view; that the platform is away is said over the view.
  const component = await code[view]().catch(() => undefined);
  if (component !== undefined) loaded.value = { ...loaded.value, [view]: component };
}

async function loadOthers(): Promise<void> {
  for (const view of Object.keys(code) as (keyof typeof code)[]) await load(view);
}
