import { useWatched } from '../../api/resource.ts';
import { predictions, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { symbolsInUse } from '../../model/symbols-in-use.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { route } from '../../shell/route.ts';
import { ViewHead } from '../../shell/view-head.tsx';
import { SymbolChooser } from './symbol-chooser.tsx';
import { SymbolDetail } from './symbol-detail.tsx';

/** One symbol: its bars, the intervals that were published for them, and what happened. */
export function SymbolView() {
  useWatched(predictions);
  return (
    <Loaded from={symbols} lines={14}>
      {(list) => {
        const inUse = symbolsInUse(list);
        // A displaced symbol is still shown to whoever asks for it by its address.
        const chosen = list.symbols.find(({ symbol }) => symbol === route.value.argument) ?? inUse[0];
        if (chosen === undefined) {
          return <EmptyNote message={text('quality.empty')} commands={['daytrade import FOLDER', 'daytrade fetch']} />;
        }
        return (
          <>
            <ViewHead
              title={
                <>
                  <span class="code">{chosen.symbol}</span> <span lang="ja">{chosen.name}</span>{' '}
                  {chosen.synthetic ? <SyntheticMark /> : null}
                </>
              }
              note={<SymbolChooser all={inUse} chosen={chosen.symbol} />}
              freshness={symbols}
            />
            <SymbolDetail key={chosen.symbol} info={chosen} />
          </>
        );
      }}
    </Loaded>
  );
}
