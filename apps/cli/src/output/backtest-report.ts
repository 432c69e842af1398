import type { BacktestResult, BacktestSide } from '@daytrade/contracts';
import { universeCautions } from './evaluation-tables.ts';
import { count, percent, quantity } from './format.ts';
import { right, table } from './table.ts';

/** Reports a backtest: the verdict after costs, both sides of costs, and the part that luck could explain. */
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

/** Cautions that delisted symbols are missing, unless their bars were imported. */
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
  const rows = [
    row('profit, yen', ({ profit }) => yen(profit)),
    row('return', (side) => percent(side.return)),
    row('Sharpe ratio of a year', ({ sharpe }) => ratio(sharpe.value)),
    row('  95 % interval', ({ sharpe }) => `${ratio(sharpe.low)} to ${ratio(sharpe.high)}`),
    row('deepest fall', ({ maxDrawdown }) => percent(maxDrawdown)),
  ];
  return table(rows, {
    '': ([title]) => title,
    'before costs': right(([, before]) => before),
    'after costs': right(([, , after]) => after),
  });
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
  const own = { name: strategy, grossSharpe: gross.sharpe.value, netSharpe: net.sharpe.value, return: net.return };
  return table([own, ...baselines], {
    'beside it': ({ name }) => name,
    'Sharpe before': right(({ grossSharpe }) => (grossSharpe === null ? '–' : ratio(grossSharpe))),
    after: right(({ netSharpe }) => ratio(netSharpe)),
    return: right((one) => percent(one.return)),
  });
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
