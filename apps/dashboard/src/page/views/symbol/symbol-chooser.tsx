import type { SymbolInfo } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { Icon } from '../../parts/icon.tsx';
import { hashOf } from '../../shell/route.ts';

interface SymbolChooserProps {
  readonly all: readonly SymbolInfo[];
  readonly chosen: string;
}

/** Goes to another symbol: from the list, or to the neighbour. */
export function SymbolChooser({ all, chosen }: SymbolChooserProps) {
  const index = all.findIndex(({ symbol }) => symbol === chosen);
  const previous = all.at(index === -1 ? -1 : index - 1)?.symbol ?? chosen;
  const next = all[(index + 1) % all.length]?.symbol ?? chosen;
  return (
    <span class="chooser">
      <a class="button square" href={hashOf('symbol', previous)} aria-label={text('symbol.previous')}>
        <Icon name="previous" />
      </a>
      <select
        aria-label={text('symbol.choose')}
        value={chosen}
        onChange={(event) => {
          location.hash = hashOf('symbol', event.currentTarget.value);
        }}
      >
        {index === -1 ? <option value={chosen}>{chosen}</option> : null}
        {all.map(({ symbol, name }) => (
          <option key={symbol} value={symbol}>
            {symbol} {companyLabel(name)}
          </option>
        ))}
      </select>
      <a class="button square" href={hashOf('symbol', next)} aria-label={text('symbol.next')}>
        <Icon name="next" />
      </a>
    </span>
  );
}
