import { expect, it } from 'vitest';
import { changedText } from '../commands/setup.ts';
import { settingsIn } from '../settings/settings-file.ts';

const changes = new Map([
  ['DAYTRADE_PROVIDER', 'jquants'],
  ['DAYTRADE_JQUANTS_PLAN', 'light'],
] as const);

async function changed(text: string): Promise<string> {
  const path = '/day-trade.toml';
  return await changedText({ path, text, settings: await settingsIn(text, path) }, changes);
}

it('a file that there is none of says what it is', async () => {
  expect(await changedText(undefined, changes)).toMatch(
    /^# Settings of day-trade;(?:.*\n# )*.*enabled = false\n+provider = "jquants"\n\n\[jquants\]\nplan = "light"\n$/,
  );
});

it('sections of jobs stay as they are', async () => {
  const text = `[jobs.noon]
queueJob = "data-update"
schedule = { type = "daily", at = "12:00" }
`;
  expect(await changed(text)).toContain(text);
});

it('comments, order and other settings stay as they are, and new ones come into their section', async () => {
  const text = `# mine
workers = 2   # not all

[jquants] # the exchange
url = "https://example.com/v2" # a proxy

[worker]
max = 1_000
`;
  const provider = 'provider = "jquants"\n';
  const withPlan = 'url = "https://example.com/v2" # a proxy\nplan = "light"\n';
  const expected = text.replace('# not all\n', `# not all\n${provider}`);
  expect(await changed(text)).toBe(expected.replace('url = "https://example.com/v2" # a proxy\n', withPlan));
});

it.each([
  ['jquants_plan = "free" # for now\n', 'jquants_plan = "light" # for now\n'],
  ['jquants.plan = "free"\n', 'jquants.plan = "light"\n'],
  ['jquants = { plan = "free" }\n', 'jquants = { plan = "light" }\n'],
  ['[jquants]\r\nplan = "free"\r\n', '[jquants]\r\nplan = "light"\r\n'],
])('%j keeps its spelling', async (before, after) => {
  const text = await changed(before);
  expect(text).toContain(after);
  expect(text.match(/plan/g)).toHaveLength(1);
});

it('what is so already stays byte for byte', async () => {
  const text = '# x\n\n\nprovider="jquants"\n[ jquants ]\nplan   =   "light"\n';
  expect(await changed(text)).toBe(text);
});
