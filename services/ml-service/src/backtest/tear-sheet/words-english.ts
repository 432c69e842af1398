/** Every text of the tear sheet in English; the Japanese words have the same names. */
export const english = {
  language: 'en',
  title: (strategy: string) => `Backtest of ${strategy}`,
  loses: (net: string) => `It does not beat its costs: ${net} after costs.`,
  mayBeLuck: (net: string) => `It is not shown to beat its costs: ${net} after costs may be luck.`,
  beats: (net: string) => `In these sessions it beat its costs: ${net} after costs. That says nothing of others.`,
  synthetic: 'SYNTHETIC',
  syntheticText: 'Invented symbols on a simulated exchange: no real company, no real price.',
  adjusted:
    'Some prices are adjusted for splits or dividends: they have no ticks and no daily limits, and lots are taken of ' +
    'adjusted prices.',
  universe: {
    everySymbol:
      'Every symbol with bars at all sessions: what was delisted is missing, unless its bars were brought in.',
    ofItsTime: (universe: string, from: string) =>
      `Universe of its time: the members of ${universe} at each session, known from ${from} on.`,
    ofToday: (universe: string) =>
      `Universe of today: the newest members of ${universe} at all sessions. Who left or was delisted is missing, ` +
      'which flatters the figures.',
    withoutBars: (members: string) =>
      `Members of these sessions without bars: ${members}. The figures are without them.`,
  },
  span: (from: string, to: string, sessions: string, symbols: string) =>
    `${from} to ${to}: ${sessions} sessions, ${symbols} symbols`,
  account: { cash: 'cash account', margin: 'margin account', 'day-margin': 'margin account, closed every day' },
  equity: 'Equity',
  equityLabel: 'Yen at each close, before and after costs',
  drawdown: 'Fall from the peak, after costs',
  before: 'before costs',
  after: 'after costs',
  result: 'Result',
  profit: 'Profit, yen',
  returned: 'Return',
  sharpe: 'Sharpe ratio of a year',
  deepest: 'Deepest fall',
  luck: 'Luck',
  deflated: (trials: string) => `Chance of more than luck, trials: ${trials} (deflated Sharpe ratio)`,
  overfitting: 'Chance that the best parameters are below the median later (PBO)',
  luckyDraws: 'Draws with sides by lot that are as good',
  costs: 'Costs, yen',
  commission: 'Commission',
  spread: 'Half of the spread',
  impact: 'Own effect on the price',
  interest: 'Interest',
  lendingFee: 'Lending fee',
  total: 'All',
  paid: 'Paid for each yen that changed hands',
  breakEven: 'Costs at which nothing is left',
  trading: 'Trading',
  trades: 'Trades',
  wins: 'Won, before costs',
  exposure: 'Invested, of the equity',
  turnover: 'Changed hands, yen',
  capacity: 'Equity at which its own effect takes all, yen',
  ambiguous: 'Orders of which the bars do not say what came first; the worse counts',
  byDay: 'daily bars',
  byFiveMinutes: '5-minute bars',
  refused: 'Orders that were not taken',
  refusals: {
    lot: 'not whole lots',
    money: 'not enough money',
    'same money': 'same money twice',
    'short in cash': 'short sale on a cash account',
    'short-sale rule': 'price restriction on short sales',
    position: 'limit of a position',
    exposure: 'limit of all positions',
    halted: 'after the halt',
  } as Readonly<Record<string, string>>,
  halted: (session: string, reason: string) => `Trading stopped on ${session}: ${reason}.`,
  baselines: 'Beside it',
  names: {
    'always-long': 'the most traded symbols, every day',
    'sides by lot': 'its own trades, sides by lot',
    topix: 'TOPIX',
    nikkei225: 'Nikkei 225',
  } as Readonly<Record<string, string>>,
  name: 'What',
  parameters: 'Parameters',
  chosen: 'Chosen in time order, each time on the 250 sessions before.',
  fixed: 'Not chosen: as they were given, or their defaults.',
  fromWhen: 'From',
  reproducedBy: (hash: string) => `Data, settings and version: ${hash}`,
  noProfit: 'Past trades are simulated, and nothing here says that trading so would earn money.',
};

/** The texts of a tear sheet. */
export type TearSheetWords = typeof english;
