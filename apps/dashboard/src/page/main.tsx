import { signal } from '@preact/signals';
import { type ComponentType, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { rememberToken, tokenWanted } from './api/request.ts';
import { unanswered, useWatched } from './api/resource.ts';
import { predictions, symbols, symbolsInUse } from './api/services.ts';
import { language, text } from './i18n/language.ts';
import { Placeholder, staleNote } from './parts/layout.tsx';
import { CommandHint, ProblemNote } from './parts/notes.tsx';
import { followKeys } from './shell/keys.ts';
import { Rail } from './shell/rail.tsx';
import { followAddress, route, type ViewName } from './shell/route.ts';

/** The views, each in a file of its own that is loaded when it is first shown. */
const views: Readonly<Record<ViewName, () => Promise<ComponentType>>> = {
  today: async () => (await import('./views/today-view.tsx')).TodayView,
  symbol: async () => (await import('./views/symbol-view.tsx')).SymbolView,
  accuracy: async () => (await import('./views/accuracy-view.tsx')).AccuracyView,
  strategy: async () => (await import('./views/strategy-view.tsx')).StrategyView,
  earnings: async () => (await import('./views/earnings-view.tsx')).EarningsView,
  models: async () => (await import('./views/models-view.tsx')).ModelsView,
  jobs: async () => (await import('./views/jobs-view.tsx')).JobsView,
  quality: async () => (await import('./views/quality-view.tsx')).QualityView,
};

/** The views that have been shown. */
const loaded = signal<Partial<Record<ViewName, ComponentType>>>({});

async function load(view: ViewName): Promise<void> {
  const View = await views[view]().catch(() => undefined);
  if (View !== undefined) loaded.value = { ...loaded.value, [view]: View };
  // The page of another build knows its own files. A server that is away, or lacks a file, is asked again.
  else if (await isOtherBuild()) location.reload();
  else {
    window.setTimeout(() => void load(view), 5_000);
    // Shows at once that nothing answers.
    await symbols.refresh();
  }
}

/** Returns true if the server answers with a page that begins with another script than this one. */
async function isOtherBuild(): Promise<boolean> {
  const answer = await fetch('/').catch(() => undefined);
  return answer?.ok === true && !(await answer.text()).includes(new URL(import.meta.url).pathname);
}

/** The whole page: the rail with the views, the notes about all of them, and the view of the address. */
function App() {
  const { view } = route.value;
  const main = useRef<HTMLElement>(null);
  const View = loaded.value[view];
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    if (View === undefined) void load(view);
  }, [view]);
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
        {tokenWanted.value ? <TokenForm /> : View === undefined ? <Placeholder lines={14} /> : <View key={view} />}
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
        for (const resource of waiting) void resource.refresh();
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
followKeys();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
