import { symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { count } from '../../model/format.ts';
import { symbolsInUse } from '../../model/symbols-in-use.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card } from './card.tsx';

/** How old the bars in use are, and how many there are. */
export function DataCard() {
  return (
    <Card title={text('card.data')} view="quality">
      <Loaded from={symbols} lines={3}>
        {(list) => {
          const { barsAge } = list;
          if (barsAge === null) {
            return (
              <p>
                {text('card.data.none')} <CommandHint commands={['daytrade import FOLDER', 'daytrade fetch']} />
              </p>
            );
          }
          // Symbols with 5-minute bars alone are not predicted in the evening.
          const inUse = symbolsInUse(list).filter((symbol) => symbol.bars > 0);
          const bars = inUse.reduce((sum, symbol) => sum + symbol.bars, 0);
          const { newest, sessionsBehind } = barsAge;
          return (
            <>
              <div class="card-figure">
                <strong class={`card-name ${sessionsBehind === 0 ? 'good' : 'warn'}`}>
                  {sessionsBehind === 0
                    ? text('card.data.upToDate')
                    : text('card.data.behind', { sessions: sessionsBehind })}
                </strong>
              </div>
              <p class="quiet">
                {sessionsBehind === 0
                  ? text('card.data.newest', { date: newest })
                  : text('card.data.newest.behind', { date: newest, sessions: sessionsBehind })}
              </p>
              <p class="quiet">{text('card.data.size', { symbols: count(inUse.length), bars: count(bars) })}</p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
