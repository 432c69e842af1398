import { selection } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { scoreBasisLabel, selectionReasonLabel } from '../../i18n/selection.ts';
import { decimal } from '../../model/format.ts';
import { Loaded } from '../../parts/loaded.tsx';

const components = ['liquidity', 'volatility', 'volumeConsistency', 'marketCapitalisation'] as const;

/** The four scores of the selector for a symbol that it picked, or why it did not. */
export function SelectionPanel({ symbol }: { readonly symbol: string }) {
  return (
    <Loaded from={selection} lines={3}>
      {(body) => {
        const picked = body.symbols.find((each) => each.symbol === symbol);
        const refused = body.rejected.find((each) => each.symbol === symbol);
        if (picked === undefined) {
          return (
            <p class="quiet">
              {refused === undefined || refused.reasons.length === 0
                ? text('symbol.selection.none')
                : `${text('symbol.selection.reasons')} ${refused.reasons.map(selectionReasonLabel).join('; ')}`}
            </p>
          );
        }
        return (
          <>
            <p>
              {text('predictions.picked.rank', { rank: picked.rank })} · <strong>{decimal(picked.score, 1)}</strong>
            </p>
            {picked.reason !== '' && <p class="quiet">{selectionReasonLabel(picked.reason)}</p>}
            <dl class="scores">
              {components.map((name) => {
                const { score, weight, basis } = picked.components[name];
                return (
                  <div key={name} title={scoreBasisLabel(basis)}>
                    <dt>
                      {text(`score.${name}`)} <small>× {weight}</small>
                    </dt>
                    <dd>
                      <svg aria-hidden="true" focusable="false">
                        <rect class="track" width="100%" height="100%" />
                        <rect class="fill" width={`${score}%`} height="100%" />
                      </svg>
                      {decimal(score, 0)}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </>
        );
      }}
    </Loaded>
  );
}
