import type { BacktestResult, BacktestSide } from '@daytrade/contracts';
import { type Content, type Html, html } from '@daytrade/service/html';
import { count, missing, percent } from '../../reports/page/figures.ts';
import type { TearSheetWords } from './words-english.ts';

/** Yen without decimals. */
export function wholeYen(value: number | null): string {
  return value === null ? missing : count(Math.round(value));
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function tenthsOfBasisPoints(value: number | null): string {
  return value === null ? missing : `${value.toFixed(1)}\u00a0bp`;
}

/** Before and after costs, in columns side by side. */
export function result({ gross, net }: BacktestResult, words: TearSheetWords): Html {
  const row = (title: string, of: (side: BacktestSide) => Content) =>
    html`<tr><th>${title}</th><td class="figure">${of(gross)}</td><td class="figure">${of(net)}</td></tr>`;
  return html`<section><h2>${words.result}</h2><table>
<thead><tr><th></th><th class="figure">${words.before}</th><th class="figure">${words.after}</th></tr></thead><tbody>
${row(words.profit, ({ profit }) => wholeYen(profit))}
${row(words.returned, (side) => percent(side.return))}
${row(words.sharpe, ({ sharpe }) => html`${ratio(sharpe.value)} <span class="quiet">(${ratio(sharpe.low)} – ${ratio(sharpe.high)})</span>`)}
${row(words.deepest, ({ maxDrawdown }) => percent(maxDrawdown))}
</tbody></table></section>`;
}

/** A table of names and figures. */
function figures(title: string, rows: readonly (readonly [string, Content])[], below: Content = ''): Html {
  return html`<section><h2>${title}</h2><table><tbody>
${rows.map(([name, figure]) => html`<tr><th>${name}</th><td class="figure">${figure}</td></tr>`)}
</tbody></table>${below}</section>`;
}

export function luck({ deflatedSharpe, trials, overfitting, luckyDraws }: BacktestResult, words: TearSheetWords): Html {
  return figures(words.luck, [
    [words.deflated(count(trials)), percent(deflatedSharpe)],
    [words.overfitting, percent(overfitting)],
    [words.luckyDraws, percent(luckyDraws, 0)],
  ]);
}

export function costs({ costs: paid, paidBp, breakEvenBp }: BacktestResult, words: TearSheetWords): Html {
  return figures(words.costs, [
    [words.commission, wholeYen(paid.commission)],
    [words.spread, wholeYen(paid.spread)],
    [words.impact, wholeYen(paid.impact)],
    [words.interest, wholeYen(paid.interest)],
    [words.lendingFee, wholeYen(paid.lendingFee)],
    [words.total, wholeYen(paid.total)],
    [words.paid, tenthsOfBasisPoints(paidBp)],
    [words.breakEven, tenthsOfBasisPoints(breakEvenBp)],
  ]);
}

export function trading(found: BacktestResult, words: TearSheetWords): Html {
  const { trades, wins, exposure, turnover, capacity, ambiguous, refused, halted } = found;
  const refusals = Object.entries(refused).map(
    ([reason, orders]) => `${words.refusals[reason] ?? reason} ${count(orders)}`,
  );
  const bars = [
    `${words.byDay} ${percent(ambiguous.daily)}`,
    ...(ambiguous.fiveMinutes === null ? [] : [`${words.byFiveMinutes} ${percent(ambiguous.fiveMinutes)}`]),
  ];
  const below = halted === null ? '' : html`<p>${words.halted(halted.session, halted.reason)}</p>`;
  return figures(
    words.trading,
    [
      [words.trades, count(trades)],
      [words.wins, percent(wins)],
      [words.exposure, percent(exposure)],
      [words.turnover, wholeYen(turnover)],
      [words.capacity, wholeYen(capacity)],
      [words.ambiguous, bars.join(', ')],
      [words.refused, refusals.length === 0 ? missing : refusals.join(', ')],
    ],
    below,
  );
}

export function baselines({ strategy, net, gross, baselines: others }: BacktestResult, words: TearSheetWords): Html {
  const row = (name: string, grossSharpe: number | null, netSharpe: number, returned: number | null) =>
    html`<tr><th>${name}</th><td class="figure">${grossSharpe === null ? missing : ratio(grossSharpe)}</td>
<td class="figure">${ratio(netSharpe)}</td><td class="figure">${percent(returned)}</td></tr>`;
  return html`<section><h2>${words.baselines}</h2><table>
<thead><tr><th>${words.name}</th><th class="figure">${words.sharpe}, ${words.before}</th><th class="figure">${words.after}</th>
<th class="figure">${words.returned}</th></tr></thead><tbody>
${row(strategy, gross.sharpe.value, net.sharpe.value, net.return)}
${others.map((one) => row(words.names[one.name] ?? one.name, one.grossSharpe, one.netSharpe, one.return))}
</tbody></table></section>`;
}

export function parameters({ parameters: used, chosen }: BacktestResult, words: TearSheetWords): Html {
  const names = Object.keys(used[0]?.values ?? {});
  return html`<section><h2>${words.parameters}</h2><p>${chosen ? words.chosen : words.fixed}</p><table>
<thead><tr><th>${words.fromWhen}</th>${names.map((name) => html`<th class="figure">${name}</th>`)}</tr></thead><tbody>
${used.map(({ from, values }) => html`<tr><th>${from}</th>${names.map((name) => html`<td class="figure">${values[name] ?? missing}</td>`)}</tr>`)}
</tbody></table></section>`;
}
