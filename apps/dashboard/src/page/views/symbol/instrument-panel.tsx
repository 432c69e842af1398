import type { SymbolInfo } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { sectorLabel } from '../../i18n/names.ts';
import { count, missing } from '../../model/format.ts';
import { FigureList } from '../../parts/figure-list.tsx';
import { Panel } from '../../parts/panel.tsx';

/** What the symbol is. */
export function InstrumentPanel({ info }: { readonly info: SymbolInfo }) {
  return (
    <Panel title={text('symbol.info.title')}>
      <FigureList
        figures={[
          { label: text('column.sector'), value: info.sector === null ? missing : sectorLabel(info.sector) },
          { label: text('symbol.lot'), value: text('symbol.shares', { lot: count(info.lot) }) },
          { label: text('symbol.tick'), value: info.tickTable },
          { label: text('column.basis'), value: text(`basis.${info.priceBasis}`) },
          { label: text('column.bars'), value: count(info.bars) },
          { label: text('column.firstDate'), value: info.firstDate },
          { label: text('column.lastDate'), value: info.lastDate },
        ]}
      />
    </Panel>
  );
}
