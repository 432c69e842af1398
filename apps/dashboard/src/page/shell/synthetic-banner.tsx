import { useWatched } from '../api/resource.ts';
import { predictions, symbols } from '../api/services.ts';
import { text } from '../i18n/language.ts';

/** Says on every view that what it shows is invented, when any of it is. */
export function SyntheticBanner() {
  useWatched(symbols);
  const synthetic =
    symbols.body.value?.symbols.some((symbol) => symbol.synthetic) === true ||
    predictions.body.value?.predictions.some((prediction) => prediction.synthetic) === true;
  if (!synthetic) return null;
  return (
    <aside class="synthetic-banner">
      <strong>{text('synthetic.banner')}</strong>
      <span>{text('synthetic.text')}</span>
      <span class="synthetic-remedy">
        {text('synthetic.remedy')} <code>daytrade import FOLDER</code>
      </span>
    </aside>
  );
}
