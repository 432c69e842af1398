import type { QuarantineEntry, SymbolInfo } from '@daytrade/contracts';
import { qualityMessageInJapanese } from '@daytrade/contracts/japanese';
import type { Answer } from '../api/request.ts';
import { quarantine, symbols, symbolsInUse } from '../api/services.ts';
import { language, text, textOf } from '../i18n/language.ts';
import { sectorLabel } from '../i18n/names.ts';
import { count } from '../model/format.ts';
import { ViewHead } from '../parts/layout.tsx';
import { Badge, CommandHint, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, listedSymbol, symbolColumns, words } from '../parts/table.tsx';

/** Returns why the quality gate kept a row out. */
const reasonLabel = (reason: string) => textOf(`quality.reason.${reason}`, reason);

/** The stored bars, and the rows that the quality gate kept out, with the reasons. */
export function QualityView() {
  return (
    <>
      <ViewHead title={text('view.quality.title')} freshness={symbols} />
      <div class="grid-quality">
        <LoadedTable
          title={text('quality.reasons')}
          area="reasons"
          from={quarantine}
          lines={5}
          above={() => <p class="quiet">{text('quality.note')}</p>}
          columns={reasonColumns}
          rows={(body) => body.counts}
          rowKey={({ reason, severity }) => `${reason} ${severity}`}
          sort={{ column: 'rows', descending: true }}
          empty={['quality.clean']}
        />
        <LoadedTable
          title={text('quality.entries')}
          area="entries"
          aside={<ShownOfAll />}
          from={quarantine}
          lines={6}
          columns={entryColumns}
          rows={(body) => body.quarantine}
          rowKey={({ file, line, reason }) => `${file}:${line} ${reason}`}
          scrolls
          empty={['quality.clean']}
        />
        <LoadedTable
          title={text('quality.symbols')}
          area="stored"
          from={symbols}
          lines={8}
          columns={storedColumns}
          rows={symbolsInUse}
          rowKey={({ symbol }) => symbol}
          sort={{ column: 'symbol', descending: false }}
          empty={['quality.empty', 'daytrade import FOLDER', 'daytrade fetch']}
          below={(list) => <DisplacedNote displaced={list.symbols.length - symbolsInUse(list).length} />}
        />
      </div>
    </>
  );
}

/** Counts the synthetic symbols that real bars have displaced, with the command that removes them. */
function DisplacedNote({ displaced }: { readonly displaced: number }) {
  if (displaced === 0) return null;
  return (
    <p class="note">
      {text('quality.displaced', { symbols: count(displaced) })}{' '}
      <CommandHint commands={['daytrade symbols remove --synthetic']} />
    </p>
  );
}

function ShownOfAll() {
  const body = quarantine.body.value;
  if (body === undefined) return null;
  const { total, quarantine: entries } = body;
  return (
    <span class="quiet">
      {entries.length < total
        ? text('quality.first', { shown: count(entries.length), total: count(total) })
        : text('quality.total', { rows: count(total) })}
    </span>
  );
}

type Count = Answer<'quarantine'>['counts'][number];

const reasonColumns: readonly Column<Count>[] = [
  {
    header: 'column.reason',
    sortBy: ({ reason }) => reasonLabel(reason),
    cell: ({ reason, severity }) => <TwoLines first={reasonLabel(reason)} second={text(`quality.${severity}`)} />,
  },
  figure('column.rows', ({ rows }) => rows, count),
];

const entryColumns: readonly Column<QuarantineEntry>[] = [
  listedSymbol,
  words('column.date', ({ date }) => date),
  {
    header: 'column.reason',
    sortBy: ({ reason }) => reason,
    cell: ({ reason, severity, message }) => (
      <TwoLines
        first={<Badge tone={severity === 'warning' ? 'warn' : 'bad'} label={reasonLabel(reason)} />}
        second={language.value === 'en' ? message : qualityMessageInJapanese(message)}
      />
    ),
  },
  {
    header: 'column.source',
    priority: 2,
    sortBy: ({ file }) => file,
    cell: ({ file, line, row }) => (
      <span class="two-lines">
        <span title={file}>
          {file.split('/').at(-1)}:{line}
        </span>
        <code title={text('quality.row')}>{row}</code>
      </span>
    ),
  },
];

const storedColumns: readonly Column<SymbolInfo>[] = [
  ...symbolColumns<SymbolInfo>((row) => row),
  words('column.sector', ({ sector }) => sector && sectorLabel(sector), { priority: 3 }),
  figure('column.bars', ({ bars }) => bars, count),
  words('column.firstDate', ({ firstDate }) => firstDate, { priority: 2 }),
  words('column.lastDate', ({ lastDate }) => lastDate),
  words('column.basis', ({ priceBasis }) => text(`basis.${priceBasis}`), { priority: 2 }),
];
