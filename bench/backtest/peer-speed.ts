import { limitColumns, type Panel, type PanelInput } from '@daytrade/series';
import { type SimulationSettings, simulate, usualCosts, withoutLimits } from '@daytrade/trading';
import { type Comparison, compare } from '../harness/result.ts';
import { together } from './peer-bars.ts';
import { cash, type PeerPrograms, type Timed } from './peer-programs.ts';
import { cross } from './peer-rules.ts';
import { processorSeconds } from './processor-seconds.ts';

/** All that the peers do without: the rules of the exchange, and every cost. */
const full: SimulationSettings = {
  account: 'margin',
  cash,
  costs: usualCosts,
  limits: withoutLimits,
  rules: true,
  participation: 0.01,
};

const note =
  'rules and costs on here, off there; processor seconds, the least of several; daily limits computed as well';

/** Bars a second: one rule beside backtesting.py, many pairs of its parameters beside vectorbt. */
export async function compareSpeed(
  inputs: readonly PanelInput[],
  peers: PeerPrograms,
  quick: boolean,
): Promise<readonly Comparison[]> {
  const panel = asTraded(together(inputs));
  const bars = panel.close.length;
  const times = quick ? 1 : 3;
  const one = processorSeconds(() => run(panel, [[10, 30]]), 3 * times);
  const backtesting = await peers.backtestingSpeed(times);
  const pairs = Array.from({ length: quick ? 4 : 100 }, (_, i) => [3 + (i % 10), 15 + 3 * Math.floor(i / 10)] as const);
  const many = processorSeconds(() => run(panel, pairs), times);
  const vectorbt = await peers.vectorbtSpeed(pairs, times);
  return [
    faster('One rule', { seconds: one, bars }, { name: 'backtesting.py', ...backtesting }, 20),
    faster(
      `${pairs.length} pairs of parameters`,
      { seconds: many, bars: bars * pairs.length },
      { name: 'vectorbt, warm', ...vectorbt },
      1,
    ),
  ];
}

/** The bars were restated for splits; here they are taken as traded, so that limits and grid are in force. */
function asTraded(panel: Panel): Panel {
  return { ...panel, symbols: panel.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' as const })) };
}

function run(panel: Panel, pairs: readonly (readonly [number, number])[]): void {
  const data = { panel, limits: limitColumns(panel) };
  for (const [fast, slow] of pairs) {
    const decide = cross(fast, slow);
    simulate({ data, decideAt: () => decide, settings: full, from: 0, to: panel.days.length });
  }
}

function faster(name: string, ours: Timed, peer: Timed & { readonly name: string }, must: number): Comparison {
  const [own, theirs] = [ours.bars / ours.seconds, peer.bars / peer.seconds];
  return compare({
    name,
    unit: 'bars/s',
    ours: own,
    peer: { name: peer.name, value: theirs },
    figure: own / theirs,
    kind: 'ratio',
    bar: { sense: 'at least', must },
    note,
  });
}
