import { useWatched } from '../api/resource.ts';
import { predictions, symbols } from '../api/services.ts';
import { text } from '../i18n/language.ts';
import { symbolsInUse } from '../model/symbols-in-use.ts';
import { CommandHint } from '../parts/command-hint.tsx';

/** Says on every view that what it shows is invented, when any of what is in use is. */
export function SyntheticBanner() {
  useWatched(symbols);
  const list = symbols.body.value;
  const synthetic =
    (list !== undefined && symbolsInUse(list).some((symbol) => symbol.synthetic)) ||
    predictions.body.value?.predictions.some((prediction) => prediction.synthetic) === true;
  if (!synthetic) return null;
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
