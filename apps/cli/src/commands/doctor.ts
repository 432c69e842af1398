import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { basename, dirname } from 'node:path';
import { isSecret, type Settings, secretFiles, settingKey, settingsSchema, withoutPassword } from '@daytrade/contracts';
import { exposure } from '@daytrade/storage/exposure';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { checkBars, checkKeyFile, checkPorts } from '../platform/checks.ts';
import { type RunningPlatform, readRunningFile } from '../platform/running-file.ts';
import { programName } from '../program-name.ts';

export const doctorCommand: CommandDefinition = {
  usage: 'doctor',
  summary: 'show the effective settings and whether the platform can run here',
  description: `Shows every setting with its value (secrets masked), where it comes from (a default, the environment, a
line of the settings file), its unit and what it does, and checks what the platform needs: the runtime, the state
folder, the file with a key, a running platform and its services' readiness or else whether their ports are free, and
the content of every file of bars.`,
  examples: ['daytrade doctor', 'daytrade doctor --json'],
  run: async (context, { options }) => {
    const settings = describeSettings(context, options.stateDir !== undefined);
    const checks = [
      settingsFileCheck(context),
      ...(await runChecks(context.settings)),
      { name: 'bars', ...(await checkBars(context)) },
    ];
    if (checks.some((check) => !check.ok)) process.exitCode = 5;
    printResult(context.terminal, context.json, { settingsFile: settingsFileOf(context), settings, checks }, () => {
      const rows = table(settings, {
        setting: ({ name }) => name,
        value: ({ value }) => value,
        from: sourceWords,
        what: ({ description, unit }) => `${description} (${unit})`,
      });
      const lines = checks.map((check) => `${check.ok ? 'ok   ' : 'FAIL '} ${check.name}: ${check.message}`);
      return `${rows}\n\n${lines.join('\n')}`;
    });
  },
};

function describeSettings({ settings, settingSources }: CommandContext, stateFolderGiven: boolean) {
  const known = Object.entries(settingsSchema.shape);
  const isListed = (name: string) => !(name in secretFiles) || settings[name as keyof Settings] !== undefined;
  return known
    .filter(([name]) => isListed(name))
    .map(([name, schema]) => {
      const meta = (schema.meta() ?? {}) as { readonly description?: string; readonly unit?: string };
      const value = settings[name as keyof Settings];
      const shown =
        value === undefined
          ? '–'
          : isSecret(name)
            ? '(hidden)'
            : typeof value === 'object'
              ? JSON.stringify(value)
              : withoutPassword(String(value));
      const found = settingSources.get(name) ?? { from: 'default' as const };
      const origin = name === 'DAYTRADE_STATE_DIR' && stateFolderGiven ? { from: '--state-dir' as const } : found;
      return {
        name,
        key: settingKey(name),
        value: shown,
        source: origin.from,
        ...(origin.from === 'file' ? { file: origin.file, line: origin.line } : {}),
        unit: meta.unit ?? 'choice',
        description: meta.description ?? '',
      };
    });
}

/** Names the source of a value. */
function sourceWords({ source, file, line }: ReturnType<typeof describeSettings>[number]): string {
  return file === undefined ? source : `${basename(file)} line ${line}`;
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

async function runChecks(settings: Settings): Promise<Check[]> {
  const checks: Check[] = [
    { name: 'runtime', ok: Number(process.versions.node.split('.')[0]) >= 24, message: `Node.js ${process.version}` },
    {
      name: 'machine',
      ok: true,
      message: `${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    },
    stateFolderCheck(settings.DAYTRADE_STATE_DIR),
    ...keyCheck(settings),
  ];
  let running: RunningPlatform | undefined;
  try {
    running = readRunningFile(settings.DAYTRADE_STATE_DIR, settings.DAYTRADE_HOST);
  } catch (error) {
    return [...checks, { name: 'platform', ok: false, message: (error as Error).message }];
  }
  if (running === undefined)
    return [
      ...checks,
      { name: 'platform', ok: true, message: `not running; start it with ${programName} up` },
      { name: 'ports', ...(await checkPorts(settings)) },
    ];
  checks.push({
    name: 'platform',
    ok: true,
    message: `runs with pid ${running.pid} since ${running.startedAt}, page ${running.dashboard}`,
  });
  for (const name of ['data', 'ml', 'scheduler'] as const) checks.push(await readinessCheck(name, running[name]));
  return checks;
}

/** Returns the settings file; null where there is none. */
function settingsFileOf({ settingsFile }: CommandContext): string | null {
  return existsSync(settingsFile) ? settingsFile : null;
}

/** Reports the settings file. A faulty one stops every command, so only its existence is in question. */
function settingsFileCheck(context: CommandContext): Check {
  const message = settingsFileOf(context) ?? `none; ${programName} setup writes ${context.settingsFile}`;
  return { name: 'settings file', ok: true, message };
}

function keyCheck({ DAYTRADE_JQUANTS_API_KEY_FILE: path }: Settings): Check[] {
  return path === undefined ? [] : [{ name: 'key of J-Quants', ...checkKeyFile(path) }];
}

function stateFolderCheck(folder: string): Check {
  const existing = nearestExisting(folder);
  const name = 'state folder';
  try {
    if (!statSync(existing).isDirectory())
      return { name, ok: false, message: `${existing} is not a folder; set DAYTRADE_STATE_DIR` };
    accessSync(existing, constants.W_OK | constants.X_OK);
    const exposed = existing === folder ? exposure(folder, folder) : undefined;
    if (exposed !== undefined) return { name, ok: false, message: exposed };
    return { name, ok: true, message: existing === folder ? folder : `${folder} (will be created)` };
  } catch {
    return { name, ok: false, message: `${existing} cannot be written; set DAYTRADE_STATE_DIR` };
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

async function readinessCheck(name: string, url: string): Promise<Check> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    return {
      name: `${name} service`,
      ok: answer.ok,
      message: `${url} ${answer.ok ? 'is ready' : `answered ${answer.status}`}`,
    };
  } catch (error) {
    return {
      name: `${name} service`,
      ok: false,
      message: `${url} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
