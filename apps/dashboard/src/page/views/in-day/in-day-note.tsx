import type { Today } from '@daytrade/contracts';
import { predictions } from '../../api/services.ts';
import { reasonCommands } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { japanNow } from '../../shell/clock.ts';

/** When the first forecast of a day is made. */
const firstForecast = '08:30';
/** When the last one is. */
const lastForecast = '15:15';
/** Symbols that are named; of more only the number is said. */
const mostNamed = 12;

type Missing = Today['withoutForecast'];

/** Says why there is no forecast within the day and what changes that, while there may still be one. */
export function NoForecastNote({ today }: { readonly today: Today }) {
  const { date, time } = japanNow.value;
  if (today.session !== date) return null;
  const [reason] = byReason(today.withoutForecast).keys();
  const isEarly = time < firstForecast;
  if (time > lastForecast || (reason === undefined && !isEarly)) return null;
  // Old bars get no forecast of today; the page says elsewhere how old they are.
  if (isEarly && (predictions.body.value?.barsAge?.sessionsBehind ?? 0) > 0) return null;
  return (
    <Panel title={text('inDay.title.none')}>
      {isEarly || reason === undefined ? (
        <EmptyNote message={text('inDay.empty.before', { time: firstForecast })} />
      ) : (
        <EmptyNote message={text(`inDay.reason.${reason}`)} commands={reasonCommands[reason]} />
      )}
    </Panel>
  );
}

/** Which symbols have no forecast of the time that is shown, by the reason. */
export function WithoutForecastNote({ missing }: { readonly missing: Missing }) {
  return (
    <>
      {[...byReason(missing)].map(([reason, symbols]) => (
        <p key={reason} class="note">
          {text('inDay.without', { symbols: symbols.length })} {text(`inDay.reason.${reason}`)}{' '}
          {symbols.length > mostNamed ? null : symbols.map(({ symbol }) => symbol).join(', ')}{' '}
          <CommandHint commands={reasonCommands[reason]} />
        </p>
      ))}
    </>
  );
}

/** The most common reason first. */
function byReason(missing: Missing): ReadonlyMap<Missing[number]['reason'], Missing> {
  const groups = Map.groupBy(missing, ({ reason }) => reason);
  return new Map([...groups].sort(([, one], [, other]) => other.length - one.length));
}
