import type { Prediction } from '@daytrade/contracts';
import { text } from '../i18n/language.ts';
import { resultsPlace, whenOf } from '../model/results.ts';
import { japanToday } from '../shell/clock.ts';

/** The results that may move the session of one prediction, or that no source has any of its symbol. */
export function ResultsNote({ prediction }: { readonly prediction: Prediction }) {
  const words = resultsWords(prediction);
  if (words !== undefined) return <p class="note">{text('results.wider', { results: words })}</p>;
  return prediction.announcementsKnown === false ? <p class="note">{text('results.noSource')}</p> : null;
}

const mostNamed = 12;

/** The same of all predictions of a session; of many symbols the first are named. */
export function ResultsOfAllNote({ predictions }: { readonly predictions: readonly Prediction[] }) {
  const announcing = predictions.flatMap((prediction) => {
    const words = resultsWords(prediction);
    return words === undefined ? [] : [`${prediction.symbol} ${words}`];
  });
  const without = predictions.flatMap(({ symbol, announcementsKnown }) => (announcementsKnown === false ? symbol : []));
  return (
    <>
      {announcing.length === 0 ? null : (
        <p class="note">{text('results.wider', { results: text('results.of', { named: named(announcing) }) })}</p>
      )}
      {without.length === 0 ? null : (
        <p class="note">
          {text('results.noSource.of', {
            named: without.length === predictions.length ? text('results.all') : named(without),
          })}
        </p>
      )}
    </>
  );
}

function resultsWords(prediction: Prediction): string | undefined {
  const place = resultsPlace(prediction, japanToday.value);
  return place && text(`results.${place}`, { when: whenOf(prediction.announcement!) });
}

function named(texts: readonly string[]): string {
  return [...texts.slice(0, mostNamed), ...(texts.length > mostNamed ? ['…'] : [])].join(', ');
}
