import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { tokenWanted } from '../api/request.ts';
import { language, text } from '../i18n/language.ts';
import { TokenForm } from '../parts/token-form.tsx';
import { AccuracyView } from '../views/accuracy/accuracy-view.tsx';
import { CalendarView } from '../views/calendar/calendar-view.tsx';
import { JobsView } from '../views/jobs/jobs-view.tsx';
import { ModelsView } from '../views/models/models-view.tsx';
import { QualityView } from '../views/quality/quality-view.tsx';
import { SymbolView } from '../views/symbol/symbol-view.tsx';
import { TodayView } from '../views/today/today-view.tsx';
import { AwayNote } from './away-note.tsx';
import { Rail } from './rail.tsx';
import { route, type ViewName } from './route.ts';
import { SyntheticBanner } from './synthetic-banner.tsx';

const views: Readonly<Record<ViewName, ComponentType>> = {
  today: TodayView,
  symbol: SymbolView,
  accuracy: AccuracyView,
  models: ModelsView,
  jobs: JobsView,
  calendar: CalendarView,
  quality: QualityView,
};

/** The whole page: the rail with the views, the banner of synthetic data, and the view of the address. */
export function App() {
  const { view } = route.value;
  const main = useRef<HTMLElement>(null);
  const View = views[view];
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = `${text(`view.${view}`)} · ${text('app.name')}`;
  }, [view, language.value]);
  useEffect(() => main.current?.scrollTo(0, 0), [view]);
  return (
    <div class="app">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {text('app.skip')}
      </button>
      <Rail />
      <main id="content" ref={main} tabIndex={-1}>
        <SyntheticBanner />
        <AwayNote />
        {tokenWanted.value ? <TokenForm /> : <View key={view} />}
      </main>
    </div>
  );
}
