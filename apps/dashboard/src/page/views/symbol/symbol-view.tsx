import { useWatched } from '../../api/resource.ts';
import { predictions, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { symbolsInUse } from '../../model/symbols-in-use.ts';
import { CompanyName } from '../../parts/company-name.tsx';
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
        const commands = ['daytrade import FOLDER', 'daytrade fetch'];
        const code = route.value.argument ?? inUse[0]?.symbol;
        if (code === undefined) return <EmptyNote message={text('quality.empty')} commands={commands} />;
        // The address also leads to a displaced symbol.
        const chosen = list.symbols.find(({ symbol }) => symbol === code);
        return (
          <>
            <ViewHead
              title={
                <>
                  <span class="code">{code}</span> {chosen === undefined ? null : <CompanyName name={chosen.name} />}{' '}
                  {chosen?.synthetic === true ? <SyntheticMark /> : null}
                </>
              }
              note={inUse.length === 0 ? undefined : <SymbolChooser all={inUse} chosen={code} />}
              freshness={symbols}
            />
            {chosen === undefined ? (
              <EmptyNote message={text('symbol.noBars', { code })} commands={commands} />
            ) : (
              <SymbolDetail key={code} info={chosen} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
