import { describe, expect, it } from 'vitest';
import { insightsConnection } from './observation-settings.ts';
import { faultOfValue, parseSettings } from './parse-settings.ts';

const key = 'InstrumentationKey=0f0f0f0f-1111-2222-3333-444444444444';
const live = 'LiveEndpoint=https://japaneast.livediagnostics.monitor.azure.com/';

describe('the connection string of an Application Insights', () => {
  it('says its key and where it takes telemetry, in any order, beside what nobody needs', () => {
    const japan = 'https://japaneast-1.in.applicationinsights.azure.com';
    expect(insightsConnection(`${live};IngestionEndpoint=${japan}/;${key};ApplicationId=x`)).toEqual({
      instrumentationKey: '0f0f0f0f-1111-2222-3333-444444444444',
      ingestionEndpoint: japan,
    });
  });

  it.each([
    ['', 'nothing'],
    [`${key};${live}`, 'no endpoint'],
    ['InstrumentationKey=mine;IngestionEndpoint=https://a.example/', 'a key that is none'],
    [`${key};IngestionEndpoint=http://a.example/`, 'an endpoint in clear'],
    [`${key};IngestionEndpoint=https://user:password@a.example/`, 'an endpoint with a user'],
  ])('is refused: %s (%s)', (text) => {
    expect(insightsConnection(text)).toBeUndefined();
  });
});

it('a connection string is a setting, and one that says too little is refused', () => {
  const name = 'DAYTRADE_TRACES_APPLICATION_INSIGHTS';
  const text = `${key};IngestionEndpoint=https://a.example`;
  expect(parseSettings({ [name]: text })[name]).toBe(text);
  expect(faultOfValue(name, text)).toBeUndefined();
  expect(faultOfValue(name, key)).toMatch(/^expected a connection string with an InstrumentationKey/);
});

it.each([
  ['A', true],
  ['Day/Trade.a_b-c#d:e', true],
  ['a'.repeat(255), true],
  ['a'.repeat(256), false],
  ['', false],
  ['a b', false],
])('the namespace %j of metrics is taken: %s', (text, isTaken) => {
  expect(faultOfValue('DAYTRADE_CLOUDWATCH_NAMESPACE', text) === undefined).toBe(isTaken);
});
