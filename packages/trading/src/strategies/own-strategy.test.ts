import { describe, expect, it } from 'vitest';
import { strategyOfFile } from './own-strategy.ts';
import { mostTraded, onGrid, sharesFor } from './sizing.ts';
import { invested, most } from './strategy.ts';
import { noise, viewWith } from './view.fixture.ts';

const decide = () => [];
const bind = () => decide;
const parameter = { name: 'entry', description: 'how far', low: 1, high: 5, default: 2, candidates: [1, 5] };
const made = { summary: 'a test', parameters: [parameter], needsForecasts: true, with: bind };

/** Returns the strategy of a file whose function returns an object. */
const strategyOf = (returned: unknown) => strategyOfFile('mine', () => returned);

describe('the strategy of a file', () => {
  it('has the name of the file, and what its function returns', () => {
    const strategy = strategyOf(made);
    expect({ ...strategy, with: undefined }).toEqual({ ...made, name: 'mine', with: undefined });
    expect(strategy.with({})).toBe(decide);
  });

  it('needs no forecasts, parameters, descriptions and candidates of its own', () => {
    const { description: _description, candidates: _candidates, ...short } = parameter;
    expect(strategyOf({ summary: 'a test', parameters: [short], with: bind })).toMatchObject({
      needsForecasts: false,
      parameters: [{ ...short, description: '', candidates: [2] }],
    });
    expect(strategyOf({ summary: 'a test', with: bind }).parameters).toEqual([]);
    expect(strategyOf({ ...made, needsForecasts: 1 }).needsForecasts).toBe(false);
  });

  it('is given what the strategies of the platform share', () => {
    let given: unknown;
    strategyOfFile('mine', (tools: unknown) => {
      given = tools;
      return made;
    });
    expect(given).toEqual({ most, invested, mostTraded, sharesFor, onGrid });
  });

  it('keeps the object that its function belongs to', () => {
    const own = {
      ...made,
      shares: 300,
      with() {
        return () => [{ symbol: 0, side: 'buy', shares: this.shares, type: 'market', time: 'open' }];
      },
    };
    const account = { kind: 'cash' } as never;
    expect(strategyOf(own).with({})(viewWith({}, noise), account)).toMatchObject([{ shares: 300 }]);
  });

  it.each<readonly [expected: string, exported: unknown]>([
    ['a default export that is a function', undefined],
    ['a default export that is a function', made],
    ['its function to return a strategy', () => 'a strategy'],
    ['its function to return a strategy', () => null],
    ['summary: a sentence', () => ({ ...made, summary: '' })],
    ['summary: a sentence', () => ({ ...made, summary: 7 })],
    ['with: a function of the parameters', () => ({ ...made, with: decide() })],
    ['parameters: a list', () => ({ ...made, parameters: 'entry' })],
    ['a name for each parameter', () => ({ ...made, parameters: [parameter, null] })],
    ['a name for each parameter', () => ({ ...made, parameters: [{ ...parameter, name: 1 }] })],
    ...[
      { default: 0.9 },
      { default: 5.1 },
      { candidates: [3, 0.9] },
      { candidates: [5.1, 3] },
      { low: NaN },
      { high: undefined },
      { default: undefined },
    ].map(
      (change) =>
        [
          'parameter entry: low, high, and default and candidates between them',
          () => ({ ...made, parameters: [{ ...parameter, ...change }] }),
        ] as const,
    ),
  ])('is refused without %s', (expected, exported) => {
    expect(() => strategyOfFile('mine', exported)).toThrow(`strategies/mine.ts: expected ${expected}`);
  });

  it.each([1, 5])('may have a default at an end of its range: %i', (value) => {
    const [own] = strategyOf({ ...made, parameters: [{ ...parameter, default: value }] }).parameters;
    expect(own).toEqual({ ...parameter, default: value });
  });
});
