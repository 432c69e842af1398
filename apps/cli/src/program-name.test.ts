import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

it.each([
  ['daytrade', 'daytrade'],
  ['./daytrade', './daytrade'],
  ['/my clone/daytrade', "'/my clone/daytrade'"],
  ["/it's/daytrade", "'/it'\\''s/daytrade'"],
])('called as %s, help and remedies name %s', async (calledAs, name) => {
  vi.stubEnv('CALLED_AS', calledAs);
  const { programName, withProgramName } = await import('./program-name.ts');
  expect(programName).toBe(name);
  expect(withProgramName('Run `daytrade train`; see day-trade.toml.')).toBe(
    `Run \`${name} train\`; see day-trade.toml.`,
  );
});
