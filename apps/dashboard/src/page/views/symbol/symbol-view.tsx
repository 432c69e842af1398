import { useWatched } from '../../api/resource.ts';
import { predictions, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
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
      {({ symbols: all }) => {
        const chosen = all.find(({ symbol }) => symbol === route.value.argument) ?? all[0];
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
              note={<SymbolChooser all={all} chosen={chosen.symbol} />}
              freshness={symbols}
            />
            <SymbolDetail key={chosen.symbol} info={chosen} />
          </>
        );
      }}
    </Loaded>
  );
}
