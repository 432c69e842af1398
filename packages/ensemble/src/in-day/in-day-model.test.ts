import { inDayHorizons } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { stretchPriors } from '../intervals/session-stretch.ts';
import { inDayEngineOptions, inDayOptions, needsFiveMinutes } from './in-day-model.ts';

const members = [{ name: 'apart-from-the-market', kind: 'ridge', l2: 3000 }];
const daily = ['close@08:30', 'close@open'];

describe('the settings of a horizon within the day', () => {
  it('need 5-minute bars from 09:15 on', () => {
    expect(inDayHorizons.filter((horizon) => !needsFiveMinutes(horizon))).toEqual(daily);
  });

  it.each(inDayHorizons)('stack one member, with the stretches of the horizon: %s', (horizon) => {
    const engine = {
      combination: 'stacking',
      members,
      method: daily.includes(horizon) ? 'ensemble-regime' : 'ensemble-split',
      stretches: stretchPriors(horizon),
    };
    expect(inDayEngineOptions(horizon)).toEqual(engine);
    const { stretches: _, ...engineOptions } = engine;
    expect(inDayOptions(horizon, {}, 123)).toEqual({
      seed: 1,
      ...(daily.includes(horizon)
        ? { minimumTrainingSessions: 250, warmUpSessions: 250, retrainEvery: 63, embargo: 5 }
        : { minimumTrainingSessions: 20, warmUpSessions: 20, retrainEvery: 1, embargo: 0 }),
      judgedSessions: 123,
      ...engineOptions,
    });
  });

  it('are those that are asked for, except the member and the method', () => {
    const asked = {
      seed: 3,
      minimumTrainingSessions: 60,
      warmUpSessions: 40,
      retrainEvery: 20,
      embargo: 2,
      judgedSessions: 80,
    };
    const options = { ...asked, combination: 'voting', method: 'ensemble-quantile', members: [] } as const;
    expect(inDayOptions('close@10:00', options, 123)).toEqual({
      ...asked,
      combination: 'stacking',
      method: 'ensemble-split',
      members,
    });
  });
});
