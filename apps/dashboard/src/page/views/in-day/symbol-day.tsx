import { useWatched } from '../../api/resource.ts';
import { today } from '../../api/services.ts';
import { FanPanel } from './fan-panel.tsx';
import { NoForecastNote } from './in-day-note.tsx';

/** The day of a symbol, or why there is nothing of it. */
export function SymbolDay({ symbol, name }: { readonly symbol: string; readonly name: string }) {
  const newest = today('');
  useWatched(newest);
  const body = newest.body.value;
  const mine = body?.withoutForecast.filter((each) => each.symbol === symbol) ?? [];
  const empty = body === undefined ? null : <NoForecastNote today={{ ...body, withoutForecast: mine }} />;
  return <FanPanel symbol={symbol} name={name} empty={empty} />;
}
