import type { Prediction, PriceBasis } from '@daytrade/contracts';
import { text } from '../i18n/language.ts';
import { formatAnnouncementTime, resultsPlace } from '../model/prediction-rows.ts';
import { japanToday } from '../shell/clock.ts';

const bases = ['traded', 'split-adjusted', 'fully-adjusted'] as const;

/** Says how prices are adjusted, and if they are quotable. */
export function BasisNote({ priced }: { readonly priced: readonly { readonly priceBasis: PriceBasis }[] }) {
  const present = bases.filter((basis) => priced.some(({ priceBasis }) => priceBasis === basis));
  return <p class="note">{present.map((basis) => text(`basis.note.${basis}`)).join(' ')}</p>;
}

/** The results that may move the session of a prediction, or the note that no source lists any of its symbol. */
export function ResultsNote({ prediction }: { readonly prediction: Prediction }) {
  const results = resultsLabel(prediction);
  if (results !== undefined) return <p class="note">{text('results.wider', { results })}</p>;
  return prediction.announcementsKnown === false ? <p class="note">{text('results.noSource')}</p> : null;
}

/** Symbols that a note names. */
const maxNamedSymbols = 12;

/** The same of all predictions of a session. */
export function ResultsOfAllNote({ predictions }: { readonly predictions: readonly Prediction[] }) {
  const announcing = predictions.flatMap((prediction) => {
    const results = resultsLabel(prediction);
    return results === undefined ? [] : [`${prediction.symbol} ${results}`];
  });
  const without = predictions.flatMap(({ symbol, announcementsKnown }) => (announcementsKnown === false ? symbol : []));
  const unlisted = without.length === predictions.length ? text('results.all') : joinWithLimit(without);
  return (
    <>
      {announcing.length === 0 ? null : (
        <p class="note">
          {text('results.wider', { results: text('results.of', { named: joinWithLimit(announcing) }) })}
        </p>
      )}
      {without.length === 0 ? null : <p class="note">{text('results.noSource.of', { named: unlisted })}</p>}
    </>
  );
}

function resultsLabel(prediction: Prediction): string | undefined {
  const place = resultsPlace(prediction, japanToday.value);
  return place && text(`results.${place}`, { when: formatAnnouncementTime(prediction.announcement!) });
}

function joinWithLimit(texts: readonly string[]): string {
  return [...texts.slice(0, maxNamedSymbols), ...(texts.length > maxNamedSymbols ? ['…'] : [])].join(', ');
}
