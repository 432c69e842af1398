import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RequestOptions } from './request-options.ts';

const schema = z.object({
  seed: z.number().int().min(0).default(1).meta({ description: 'Seed of all randomness' }),
  promote: z.boolean().default(true).meta({ description: 'Make it live' }),
  maxShare: z.coerce.number<number | string>().min(0).max(1).optional(),
  probes: z.union([z.number().int().min(1).max(9), z.literal('all')]).default(3),
  dead: z.stringbool().optional(),
  plan: z.enum(['free', 'light']).meta({ description: 'Plan of the account' }),
  reason: z.string().max(500).nullable().default(null),
  names: z.array(z.string()).optional(),
});
const request = new RequestOptions(schema, {
  seed: {},
  promote: { help: 'do not make it live' },
  maxShare: { flag: 'most' },
  probes: {},
  dead: { switch: 'on' },
  plan: {},
  reason: {},
  names: {},
});

function read(...words: readonly string[]): Record<string, unknown> {
  const command = request.addTo(new Command());
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.parse(words, { from: 'user' });
  return request.read(command.opts());
}

describe('options of a request', () => {
  it('have names, types, defaults and help of its schema', () => {
    const help = request.addTo(new Command()).helpInformation().replaceAll(/\s+/g, ' ');
    expect(help).toContain('--seed <number> seed of all randomness (default: "1")');
    expect(help).toContain('--no-promote do not make it live');
    expect(help).toContain('--plan <plan> plan of the account (free, light)');
  });

  it('are read as the schema takes them', () => {
    expect(read('--plan', 'free')).toEqual({ seed: 1, probes: 3, plan: 'free' });
    expect(read('--plan', 'free', '--names', 'a,b', 'c')).toMatchObject({ names: ['a', 'b', 'c'] });
    const all = ['--seed', '7', '--no-promote', '--most', '0.5', '--probes', 'all', '--dead', '--reason', '123'];
    const given = read('--plan', 'light', ...all);
    expect(given).toMatchObject({
      seed: 7,
      promote: false,
      maxShare: 0.5,
      probes: 'all',
      plan: 'light',
      reason: '123',
    });
    expect(schema.parse(given).dead).toBe(true);
  });

  it.each([
    [['--seed', 'x'], '--seed: expected a whole number of at least 0, got "x"'],
    [['--most', '2'], '--most: expected a number from 0 to 1, got "2"'],
    [['--probes', '0'], '--probes: expected a whole number from 1 to 9 or "all", got "0"'],
    [['--plan', 'big'], '--plan: expected one of "free", "light", got "big"'],
  ])('name what is allowed: %j', (words, message) => {
    expect(() => read('--plan', 'free', ...words)).toThrow(message);
  });

  it('are required where the schema has no default', () => {
    expect(() => read()).toThrow(/required option '--plan <plan>'/);
  });
});
