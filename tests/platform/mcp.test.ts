import { join } from 'node:path';
import { barListSchema, fetchResultSchema, symbolListSchema } from '@daytrade/contracts';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Installation } from '../support/installation.ts';
import { repositoryRoot } from '../support/running-process.ts';

const installation = new Installation('mcp');
const assistant = new Client({ name: 'test', version: '1' });

beforeAll(async () => {
  await installation.begin();
  await installation.readHere(fetchResultSchema, 'fetch', 'synthetic', '--count', '3', '--from', '2026-10-01');
  const env = { ...getDefaultEnvironment(), DAYTRADE_STATE_DIR: installation.stateFolder };
  const command = join(repositoryRoot, 'daytrade');
  await assistant.connect(new StdioClientTransport({ command, args: ['mcp'], env, stderr: 'ignore' }));
});
afterAll(() => assistant.close());

async function ask(name: string, given: Readonly<Record<string, unknown>> = {}) {
  const { isError = false, content } = await assistant.callTool({ name, arguments: given });
  const [{ text }] = content as [{ readonly text: string }];
  return { isError, text };
}

it('has tools that only read, each with a description', async () => {
  const { tools } = await assistant.listTools();
  expect(tools.length).toBeGreaterThan(8);
  for (const { annotations, description } of tools) {
    expect(annotations).toEqual({ readOnlyHint: true });
    expect(description).toMatch(/^\w.{10}/);
  }
});

it('answers as the command line does, several questions at once, and leaves the state folder free', async () => {
  const answers = await Promise.all([ask('list_symbols'), ask('list_symbols')]);
  const listed = await installation.readHere(symbolListSchema, 'symbols', 'list');
  expect(listed.symbols).toHaveLength(3);
  for (const { text } of answers) expect(symbolListSchema.parse(JSON.parse(text))).toEqual(listed);
  expect(installation.isOpen).toBe(false);
  const bars = await ask('read_bars', { symbol: listed.symbols[0]!.symbol, from: '2026-10-05', to: '2026-10-06' });
  expect(barListSchema.parse(JSON.parse(bars.text))).toMatchObject({ synthetic: true, bars: { length: 2 } });
});

it('tells an assistant what was wrong with its question', async () => {
  expect(await ask('read_bars', { symbol: '9999' })).toEqual({
    isError: true,
    text: expect.stringMatching(/^symbol 9999 is not known.*\[data\.symbol-unknown\]$/),
  });
  expect((await ask('read_bars', { symbol: '7203', limit: 2 })).text).toContain('Unrecognized key: "limit"');
  expect((await ask('read_bars', {})).text).toContain('expected string, received undefined at symbol');
});
