import { useState } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { filterRows, type NamedRow } from '../model/prediction-rows.ts';
import { watchList } from '../shell/watch-list.ts';
import { WatchButton } from './controls.tsx';
import { Icon } from './icon.tsx';
import { type Column, rankColumn, symbolColumns, Table } from './table.tsx';

const watchColumn: Column<NamedRow> = {
  header: 'column.watch',
  align: 'center',
  cell: ({ prediction: { symbol, name } }) => <WatchButton symbol={symbol} name={name} />,
};

interface FilteredTableProps<Row> {
  readonly caption: string;
  /** The columns after those of rank, code and name. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** A table of predictions, the selected ones first, that the reader narrows by words. */
export function FilteredTable<Row extends NamedRow>({ caption, columns, rows }: FilteredTableProps<Row>) {
  const [query, setQuery] = useState('');
  const [watchedOnly, setWatchedOnly] = useState(false);
  const watched = rows.filter(({ prediction }) => watchList.value.includes(prediction.symbol));
  const isNarrowed = watchedOnly && watched.length > 0;
  const shown = filterRows(isNarrowed ? watched : rows, query);
  const totalRows = rows.length;
  return (
    <>
      <search class="toolbar">
        <label class="search">
          <Icon name="search" />
          <span class="unseen">{text('predictions.filter')}</span>
          <input
            type="search"
            placeholder={text('predictions.filter')}
            value={query}
            aria-keyshortcuts="/"
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        {watched.length === 0 ? null : (
          <button type="button" class="button" aria-pressed={isNarrowed} onClick={() => setWatchedOnly(!isNarrowed)}>
            <Icon name="star" /> {text('watch.list')} ({watched.length})
          </button>
        )}
        <output class="quiet">
          {shown.length === totalRows
            ? text('predictions.all', { all: totalRows })
            : text('predictions.shown', { shown: shown.length, all: totalRows })}
        </output>
      </search>
      <Table
        caption={caption}
        columns={[watchColumn, rankColumn, ...symbolColumns<Row>(({ prediction }) => prediction), ...columns]}
        rows={shown}
        rowKey={({ prediction }) => prediction.symbol}
        rowClass={({ rank }) => (rank === null ? '' : 'selected')}
        sort={{ column: 'rank', descending: false }}
        cards
        empty={['predictions.noMatch']}
      />
    </>
  );
}
