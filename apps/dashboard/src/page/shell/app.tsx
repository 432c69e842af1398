import { useEffect, useRef } from 'preact/hooks';
import { tokenWanted } from '../api/request.ts';
import { language, text } from '../i18n/language.ts';
import { TokenForm } from '../parts/token-form.tsx';
import { AwayNote } from './away-note.tsx';
import { Rail } from './rail.tsx';
import { hashOf, route } from './route.ts';
import { SyntheticBanner } from './synthetic-banner.tsx';
import { useView } from './view-code.ts';

/** The whole page: the rail with the views, the banner of synthetic data, and the view of the address. */
export function App() {
  const { view } = route.value;
  const main = useRef<HTMLElement>(null);
  const View = useView(view);
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = `${text(view === null ? 'view.unknown' : `view.${view}`)} · ${text('app.name')}`;
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
        {tokenWanted.value ? <TokenForm /> : View === undefined ? null : <View key={view} />}
        {view === null ? <UnknownView /> : null}
      </main>
    </div>
  );
}

function UnknownView() {
  return (
    <>
      <header class="view-head">
        <h1>{text('view.unknown')}</h1>
      </header>
      <p>{text('view.unknown.text', { name: route.value.argument ?? '' })}</p>
      <p>
        <a class="button" href={hashOf('today')}>
          {text('view.today')}
        </a>
      </p>
    </>
  );
}
