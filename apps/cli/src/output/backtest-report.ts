import type { BacktestResult, BacktestSide } from '@daytrade/contracts';
import { count, percent, quantity } from './format.ts';
import { renderTable } from './table.ts';
import { universeCautions } from './universe-caution.ts';

/** What is left after costs, in the first line; then before and after costs side by side, and what luck would find. */
export function backtestReport(found: BacktestResult): string {
  const { strategy, account, from, to, sessions, symbols, synthetic, traded, universe } = found;
  const heading =
    `${synthetic ? 'SYNTHETIC bars. ' : ''}Backtest of ${strategy}, ${account}, ${from} to ${to}: ` +
    `${count(sessions)} sessions x ${quantity(symbols, 'symbol')}`;
  const caution = [
    ...(traded ? [] : ['Some prices are adjusted: they have no ticks and no daily limits.']),
    ...(universe === undefined ? everySymbol(found) : universeCautions(universe)),
  ];
  return [
    `${verdict(found)}\n${[heading, ...caution].join('\n')}`,
    sides(found),
    luck(found),
    trading(found),
    beside(found),
  ].join('\n\n');
}

/** Of real symbols it is those of today, unless bars of others were brought in. */
function everySymbol({ synthetic, symbols }: BacktestResult): readonly string[] {
  return synthetic || symbols === 1
    ? []
    : ['Every symbol with bars at all sessions: what was delisted is missing, unless its bars were brought in.'];
}

function verdict({ verdict: said, net }: BacktestResult): string {
  const profit = `${yen(net.profit)} yen after costs`;
  if (said === 'loses') return `It does not beat its costs: ${profit}.`;
  if (said === 'may be luck') return `It is not shown to beat its costs: ${profit} may be luck.`;
  return `In these sessions it beat its costs: ${profit}. That says nothing of others.`;
}

function sides({ gross, net }: BacktestResult): string {
  const row = (title: string, of: (side: BacktestSide) => string) => [title, of(gross), of(net)];
  return renderTable(
    [{ title: '' }, { title: 'before costs', align: 'right' }, { title: 'after costs', align: 'right' }],
    [
      row('profit, yen', ({ profit }) => yen(profit)),
      row('return', (side) => percent(side.return)),
      row('Sharpe ratio of a year', ({ sharpe }) => ratio(sharpe.value)),
      row('  95 % interval', ({ sharpe }) => `${ratio(sharpe.low)} to ${ratio(sharpe.high)}`),
      row('deepest fall', ({ maxDrawdown }) => percent(maxDrawdown)),
    ],
  );
}

function luck({ deflatedSharpe, trials, overfitting, luckyDraws, chosen, parameters }: BacktestResult): string {
  const used = Object.entries(parameters.at(-1)?.values ?? {}).map(([name, value]) => `${name} ${value}`);
  return `Deflated Sharpe     ${percent(deflatedSharpe)} (chance of more than the luck of ${quantity(trials, 'trial')})
Overfitting (PBO)   ${percent(overfitting)}
Sides by lot        ${percent(luckyDraws, 0)} of draws are as good
Parameters          ${used.join(', ')} (${chosen ? 'chosen in time order; the newest' : 'not chosen'})`;
}

function trading(found: BacktestResult): string {
  const { trades, wins, costs, paidBp, breakEvenBp, exposure, ambiguous, refused, halted, capacity } = found;
  const fine = ambiguous.fiveMinutes === null ? '' : `, ${percent(ambiguous.fiveMinutes)} on 5-minute bars`;
  const refusals = Object.entries(refused).map(([reason, orders]) => `${reason} ${count(orders)}`);
  const { commission, spread, impact, interest, lendingFee, total } = costs;
  const parts = [
    `commission ${yen(commission)}`,
    `spread ${yen(spread)}`,
    `impact ${yen(impact)}`,
    `interest ${yen(interest)}`,
    `lending ${yen(lendingFee)}`,
  ];
  return [
    `Trades              ${count(trades)}, won ${percent(wins)} before costs, invested ${percent(exposure)}`,
    `Costs, yen          ${yen(total)}: ${parts.join(', ')}`,
    `Costs of turnover   ${tenths(paidBp)} paid, ${tenths(breakEvenBp)} would leave nothing`,
    `Capacity            ${capacity === null ? '–' : `${yen(capacity)} yen`}`,
    `Unclear order       ${percent(ambiguous.daily)} of filled orders on daily bars${fine}; the worse counts`,
    `Not taken           ${refusals.join(', ') || 'none'}`,
    ...(halted === null ? [] : [`Halted              ${halted.session}: ${halted.reason}`]),
  ].join('\n');
}

function beside({ strategy, gross, net, baselines }: BacktestResult): string {
  const rows = baselines.map((one) => [
    one.name,
    one.grossSharpe === null ? '–' : ratio(one.grossSharpe),
    ratio(one.netSharpe),
    percent(one.return),
  ]);
  return renderTable(
    [
      { title: 'beside it' },
      { title: 'Sharpe before', align: 'right' },
      { title: 'after', align: 'right' },
      { title: 'return', align: 'right' },
    ],
    [[strategy, ratio(gross.sharpe.value), ratio(net.sharpe.value), percent(net.return)], ...rows],
  );
}

function yen(value: number): string {
  return count(Math.round(value));
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function tenths(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} bp`;
}
