import type { BacktestResult, BacktestSide } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { universeCautions } from './evaluation-tables.ts';
import { count, list, percent, quantity, range, symbolDays, syntheticMark } from './format.ts';
import { facts, right, table } from './table.ts';

/** Reports a backtest: the verdict after costs, both sides of costs, and the part that luck could explain. */
export function backtestReport(found: BacktestResult): string {
  const { strategy, account, from, to, sessions, symbols, synthetic, traded, universe } = found;
  const period = range(from, to);
  const heading = say`Backtest of ${strategy}, ${say(account)}, ${period}: ${symbolDays(sessions, symbols)}`;
  const caution = [
    ...(found.shorts > 0 ? [say`It sold short ${quantity(found.shorts, 'time')}: ${say(borrowed)}`] : []),
    ...(traded ? [] : [say`Some prices are adjusted: they have no ticks and no daily limits.`]),
    ...(universe === undefined ? everySymbol(found) : universeCautions(universe)),
  ];
  return [
    [verdict(found), `${syntheticMark(synthetic)}${heading}`, ...caution].join('\n'),
    sides(found),
    luck(found),
    trading(found),
    beside(found),
  ].join('\n\n');
}

const borrowed = 'every symbol counts as one that can be borrowed, without a premium.';

/** Cautions that delisted symbols are missing, unless their bars were imported. */
function everySymbol({ synthetic, symbols }: BacktestResult): readonly string[] {
  return synthetic || symbols === 1 ? [] : [say(allAlong)];
}

const allAlong =
  'Every symbol with bars at all sessions: what was delisted is missing, unless its bars were brought in.';

/** Column at which the values of both blocks begin. */
const valueColumn = 20;

function verdict({ verdict: said, net, bestFirst }: BacktestResult): string {
  const profit = yen(net.profit);
  if (said === 'unclear') {
    const span = range(profit, yen(bestFirst?.profit ?? net.profit));
    return say`The bars do not tell: ${span} yen after costs, by what came first. 5-minute bars tell more.`;
  }
  if (said === 'loses') return say`It does not beat its costs: ${profit} yen after costs.`;
  if (said === 'may be luck') return say`It is not shown to beat its costs: ${profit} yen after costs may be luck.`;
  return say`In these sessions it beat its costs: ${profit} yen after costs. That says nothing of others.`;
}

function sides({ gross, net }: BacktestResult): string {
  const row = (title: string, of: (side: BacktestSide) => string) => [
    title.replace(/\S.*/, (words) => say(words)),
    of(gross),
    of(net),
  ];
  const rows = [
    row('profit, yen', ({ profit }) => yen(profit)),
    row('return', (side) => percent(side.return)),
    row('Sharpe ratio of a year', ({ sharpe }) => ratio(sharpe.value)),
    row('  95 % interval', ({ sharpe }) => range(ratio(sharpe.low), ratio(sharpe.high))),
    row('deepest fall', ({ maxDrawdown }) => percent(maxDrawdown)),
  ];
  return table(rows, {
    '': ([title]) => title,
    'before costs': right(([, before]) => before),
    'after costs': right(([, , after]) => after),
  });
}

function luck({ deflatedSharpe, trials, overfitting, chosen, parameters }: BacktestResult): string {
  const used = list(Object.entries(parameters.at(-1)?.values ?? {}).map(([name, value]) => `${name} ${value}`));
  return facts(
    [
      [
        'Deflated Sharpe',
        say`${percent(deflatedSharpe)} (chance of more than the luck of ${quantity(trials, 'trial')})`,
      ],
      ['Overfitting (PBO)', percent(overfitting)],
      ['Parameters', chosen ? say`${used} (chosen in time order; the newest)` : say`${used} (not chosen)`],
    ],
    valueColumn,
  );
}

function trading(found: BacktestResult): string {
  const { trades, wins, costs, paidBp, breakEvenBp, exposure, ambiguous, refused, halted, capacity } = found;
  const refusals = Object.entries(refused).map(([reason, orders]) => `${say(reason)} ${count(orders)}`);
  const { commission, spread, impact, interest, lendingFee, penalty, total } = costs;
  const parts = list([
    say`commission ${yen(commission)}`,
    say`spread ${yen(spread)}`,
    say`impact ${yen(impact)}`,
    say`interest ${yen(interest)}`,
    say`lending ${yen(lendingFee)}`,
    ...(penalty > 0 ? [say`carried over the close ${yen(penalty)}`] : []),
  ]);
  const unclear = [say`${percent(ambiguous.daily)} of filled orders on daily bars`];
  if (ambiguous.fiveMinutes !== null) unclear.push(say`${percent(ambiguous.fiveMinutes)} on 5-minute bars`);
  return facts(
    [
      ['Trades', say`${count(trades)}, won ${percent(wins)} before costs, invested ${percent(exposure)}`],
      ['Costs, yen', `${yen(total)}: ${parts}`],
      ['Dividends, yen', found.dividends === 0 ? undefined : yen(found.dividends)],
      ['Tax of 20.315 %', say`${yen(found.tax)} yen on the profit after costs; not taken`],
      ['Costs of turnover', say`${tenths(paidBp)} paid, ${tenths(breakEvenBp)} would leave nothing`],
      ['Capacity', capacity === null ? '–' : say`${yen(capacity)} yen`],
      ['Unclear order', say`${list(unclear)}; the worse counts`],
      ['Not taken', list(refusals) || say`none`],
      ['Halted', halted ? `${halted.session}: ${halted.reason}` : undefined],
    ],
    valueColumn,
  );
}

function beside({ strategy, gross, net, baselines }: BacktestResult): string {
  const own = { name: strategy, grossSharpe: gross.sharpe.value, netSharpe: net.sharpe.value, return: net.return };
  return table([own, ...baselines], {
    'beside it': ({ name }) => say(name),
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
