import { symbols } from '../../api/services.ts';
import { phrase, text } from '../../i18n/language.ts';
import { count } from '../../model/format.ts';
import { sessionsBehind } from '../../model/trading-day.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { exchange, japanNow } from '../../shell/clock.ts';
import { Card } from './card.tsx';

/** How fresh the bars are. */
export function DataCard() {
  return (
    <Card title={text('card.data')} view="quality">
      <Loaded from={symbols} lines={3}>
        {({ symbols: all }) => {
          if (all.length === 0) {
            return (
              <p>
                {text('card.data.none')} <CommandHint commands={['daytrade import FOLDER', 'daytrade fetch']} />
              </p>
            );
          }
          const newest =
            all
              .map(({ lastDate }) => lastDate)
              .sort()
              .at(-1) ?? '';
          const bars = all.reduce((sum, symbol) => sum + symbol.bars, 0);
          return (
            <>
              <div class="card-figure">
                <Freshness newest={newest} />
              </div>
              <p class="quiet">{phrase('card.data.newest', newest)}</p>
              <p class="quiet">{phrase('card.data.size', count(all.length), count(bars))}</p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

/** Whether the newest closed session is there. The calendar reaches 40 days back: older data is at least that far behind. */
function Freshness({ newest }: { readonly newest: string }) {
  const days = exchange.value.body.value;
  if (days === undefined) return null;
  const behind = sessionsBehind(newest, days.sessions, japanNow.value);
  const far = newest < (days.sessions[0]?.date ?? '');
  return (
    <strong class={`card-name ${behind === 0 ? 'good' : 'warn'}`}>
      {behind === 0 ? text('card.data.upToDate') : phrase('card.data.behind', behind, far)}
    </strong>
  );
}
