import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { walk } from './walk.ts';

it('takes the fallbacks out where the synthetic exchange is chosen, so that the settings stay valid', async () => {
  const before = {
    DAYTRADE_PROVIDER: 'jquants',
    DAYTRADE_FALLBACK_PROVIDERS: 'yahoo',
    DAYTRADE_YAHOO_USE: 'on',
    DAYTRADE_LANGUAGE: 'ja',
  };
  const context = {
    settings: parseSettings(before),
    settingSources: new Map(),
    terminal: { stderr: { write: () => true } },
  } as unknown as CommandContext;
  const { changes } = await walk(context, { provider: 'synthetic' }, undefined);
  expect(() => parseSettings({ ...before, ...Object.fromEntries(changes) })).not.toThrow();
});
