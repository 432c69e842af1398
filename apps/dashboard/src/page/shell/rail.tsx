import { useWatched } from '../api/resource.ts';
import { chooseLanguage, language, text } from '../i18n/language.ts';
import { Icon } from '../parts/icon.tsx';
import { exchange, japanNow } from './clock.ts';
import { chooseCharacterKeys, hasCharacterKeys } from './keys.ts';
import { formatHash, route, viewNames } from './route.ts';

/** Brand, clock, views, and the choice of the language. On a phone: a head, and the views at the foot. */
export function Rail() {
  return (
    <>
      <header class="rail-head">
        <a class="brand" href={formatHash('today')}>
          <BrandMark />
          <span>
            <strong>{text('app.name')}</strong>
            <small>{text('app.tagline')}</small>
          </span>
        </a>
        <ExchangeClock />
        <div class="rail-choices">
          <LanguageChoice />
          <KeysHelp />
        </div>
      </header>
      <nav class="rail-nav" aria-label={text('app.views')}>
        {viewNames.map((view) => (
          <a key={view} href={formatHash(view)} {...(route.value.view === view ? { 'aria-current': 'page' } : {})}>
            <Icon name={view} />
            <span>{text(`view.${view}`)}</span>
          </a>
        ))}
      </nav>
    </>
  );
}

const languages = [
  { value: 'en', label: 'EN' },
  { value: 'ja', label: '日本語' },
] as const;

function LanguageChoice() {
  return (
    <div class="choice" role="group" aria-label={text('app.language')}>
      {languages.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          lang={value}
          aria-pressed={language.value === value}
          onClick={() => chooseLanguage(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

const keys = [
  ['/ 0–9', 'keys.search'],
  ['← →', 'keys.symbol'],
  ['+ − Home', 'keys.zoom'],
  ['Ctrl', 'keys.wheel'],
] as const;

/** Opens the list of the keys of the page. Escape closes it. */
function KeysHelp() {
  return (
    <>
      <button
        type="button"
        class="button small keys"
        aria-label={text('keys.title')}
        aria-keyshortcuts="?"
        popovertarget="keys"
      >
        <span aria-hidden="true">?</span>
      </button>
      <section id="keys" popover="auto" class="dialog" aria-label={text('keys.title')}>
        <h2>{text('keys.title')}</h2>
        <dl class="figures">
          {keys.map(([key, name]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text(name)}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input
            type="checkbox"
            checked={hasCharacterKeys.value}
            onChange={(event) => chooseCharacterKeys(event.currentTarget.checked)}
          />{' '}
          {text('keys.characters')}
        </label>
      </section>
    </>
  );
}

/** Two price ticks, the interval between them, and a close inside it. */
function BrandMark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M9 8h14M9 24h14M16 8v16" />
      <circle cx="16" cy="18" r="4" />
    </svg>
  );
}

function ExchangeClock() {
  const days = exchange.value;
  useWatched(days);
  const answer = days.body.value;
  return (
    <p class="clock">
      <time>{japanNow.value.time}</time> <abbr title="Asia/Tokyo">JST</abbr>
      {answer === undefined ? null : (
        <span class={`phase ${answer.now.phase}`}>{text(`phase.${answer.now.phase}`)}</span>
      )}
    </p>
  );
}
