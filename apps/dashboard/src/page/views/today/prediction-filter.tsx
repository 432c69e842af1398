import { text } from '../../i18n/language.ts';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';

interface PredictionFilterProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onlySelected: boolean;
  readonly onOnlySelected: (only: boolean) => void;
  /** Numbers of rows. */
  readonly shown: number;
  readonly all: number;
}

/** Narrows the table by words and to the selected symbols. */
export function PredictionFilter({ query, onQuery, onlySelected, onOnlySelected, shown, all }: PredictionFilterProps) {
  return (
    <search class="toolbar">
      <label class="search">
        <Icon name="search" />
        <span class="unseen">{text('predictions.filter')}</span>
        <input
          type="search"
          placeholder={text('predictions.filter')}
          value={query}
          onInput={(event) => onQuery(event.currentTarget.value)}
        />
      </label>
      <Choice
        label={text('predictions.picked')}
        chosen={onlySelected ? 'selected' : 'all'}
        onChoose={(choice) => onOnlySelected(choice === 'selected')}
        options={[
          { value: 'all', label: text('app.all') },
          { value: 'selected', label: text('predictions.picked') },
        ]}
      />
      <output class="quiet">
        {shown === all ? text('predictions.all', { all }) : text('predictions.shown', { shown, all })}
      </output>
    </search>
  );
}
