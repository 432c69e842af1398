import { type ComponentType, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { rememberToken, tokenWanted } from './api/request.ts';
import { unanswered, useWatched } from './api/resource.ts';
import { predictions, symbols, symbolsInUse } from './api/services.ts';
import { language, text } from './i18n/language.ts';
import { staleNote } from './parts/layout.tsx';
import { CommandHint, ProblemNote } from './parts/notes.tsx';
import { Rail } from './shell/rail.tsx';
import { followAddress, route, type ViewName } from './shell/route.ts';
import { AccuracyView } from './views/accuracy-view.tsx';
import { EarningsView } from './views/earnings-view.tsx';
import { JobsView } from './views/jobs-view.tsx';
import { ModelsView } from './views/models-view.tsx';
import { QualityView } from './views/quality-view.tsx';
import { StrategyView } from './views/strategy-view.tsx';
import { SymbolView } from './views/symbol-view.tsx';
import { TodayView } from './views/today-view.tsx';

const views: Readonly<Record<ViewName, ComponentType>> = {
  today: TodayView,
  symbol: SymbolView,
  accuracy: AccuracyView,
  strategy: StrategyView,
  earnings: EarningsView,
  models: ModelsView,
  jobs: JobsView,
  quality: QualityView,
};

/** The whole page: the rail with the views, the notes about all of them, and the view of the address. */
function App() {
  const { view } = route.value;
  const main = useRef<HTMLElement>(null);
  const View = views[view];
  useEffect(() => main.current?.scrollTo(0, 0), [view]);
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = `${text(`view.${view}`)} · ${text('app.name')}`;
  }, [view, language.value]);
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

/** Says on every view that its data is invented, if any data in use is. */
function SyntheticBanner() {
  useWatched(symbols);
  const list = symbols.body.value;
  const isSynthetic =
    (list !== undefined && symbolsInUse(list).some(({ synthetic }) => synthetic)) ||
    predictions.body.value?.predictions.some(({ synthetic }) => synthetic) === true;
  if (!isSynthetic) return null;
  return (
    <aside class="synthetic-banner">
      <strong>{text('synthetic.banner')}</strong>
      <span>{text('synthetic.text')}</span>
      <span class="synthetic-remedy">
        {text('synthetic.remedy')} <CommandHint commands={['daytrade import FOLDER']} />
      </span>
    </aside>
  );
}

/** Names the services that do not answer, once for all places of the view that wait for them. */
function AwayNote() {
  const waiting = unanswered.value;
  const [problem] = waiting.flatMap(({ problem: { value } }) => value ?? []);
  if (problem === undefined) return null;
  const services = new Set(waiting.flatMap(({ problem: { value } }) => value?.service ?? []));
  const answers = waiting.flatMap(({ answeredAt: { value } }) => value ?? []);
  return (
    <ProblemNote
      problem={problem}
      title={text('away.title', { services: [...services].map((service) => text(`service.${service}`)).join(', ') })}
      note={answers.length === 0 ? undefined : staleNote(Math.min(...answers))}
      onRetry={() => {
        for (const each of waiting) void each.refresh();
      }}
    />
  );
}

/** Asks for the token of a server that has one. */
function TokenForm() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        rememberToken(input.current?.value.trim() ?? '');
        location.reload();
      }}
    >
      <label>
        <strong>{text('app.token')}</strong>
        <input ref={input} type="password" autocomplete="current-password" required />
      </label>
      <p class="quiet">{text('app.token.hint')}</p>
      <button type="submit" class="button primary">
        {text('app.token.submit')}
      </button>
    </form>
  );
}

followAddress();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
