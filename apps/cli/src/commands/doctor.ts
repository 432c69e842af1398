import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  faultOfValue,
  isSecret,
  routes,
  type Settings,
  secretFiles,
  settingKey,
  settingsSchema,
  withoutPassword,
} from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import { exposure } from '@daytrade/storage/exposure';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { say, translated } from '../language/language.ts';
import { table } from '../output/table.ts';
import { faultInWords, printResult } from '../output/terminal.ts';
import { type RunningPlatform, readRunningFile } from '../platform/running-file.ts';
import { programName } from '../program-name.ts';

export const doctorCommand: CommandDefinition = {
  usage: 'doctor',
  summary: 'show the effective settings and whether the platform can run here',
  description: `Shows every setting with its value (secrets masked), where it comes from (a default, the environment, a
line of the settings file), its unit and what it does, and checks what the platform needs: the runtime, the state
folder, the file with a key, a running platform and its services' readiness, and the content of every file of bars.`,
  examples: ['daytrade doctor', 'daytrade doctor --json'],
  run: async (context, { options }) => {
    const settings = describeSettings(context, options.stateDir !== undefined);
    const checks = [
      settingsFileCheck(context),
      ...(await runChecks(context.settings)),
      { name: 'bars', ...(await checkBars(context)) },
    ];
    if (checks.some((check) => !check.ok)) process.exitCode = 5;
    printResult(context, { settingsFile: settingsFileOf(context), settings, checks }, () => {
      const rows = table(settings, {
        setting: ({ name }) => name,
        value: ({ value }) => value,
        source: sourceWords,
        what: ({ description, unit }) => `${translated(description)}${say(` (${unit})`)}`,
      });
      const lines = checks.map((check) => `${check.ok ? 'ok   ' : 'FAIL '} ${say(check.name)}: ${check.message}`);
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
            ? say`(hidden)`
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
  return file === undefined || line === undefined ? say(source) : say`${basename(file)} line ${line}`;
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

async function runChecks(settings: Settings): Promise<Check[]> {
  const keyFile = settings.DAYTRADE_JQUANTS_API_KEY_FILE;
  const checks: Check[] = [
    { name: 'runtime', ok: Number(process.versions.node.split('.')[0]) >= 24, message: `Node.js ${process.version}` },
    {
      name: 'machine',
      ok: true,
      message: say`${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    },
    stateFolderCheck(settings.DAYTRADE_STATE_DIR),
    ...(keyFile === undefined ? [] : [{ name: 'key of J-Quants', ...checkKeyFile(keyFile) }]),
  ];
  let running: RunningPlatform | undefined;
  try {
    running = readRunningFile(settings.DAYTRADE_STATE_DIR, settings.DAYTRADE_HOST);
  } catch (error) {
    return [...checks, { name: 'platform', ok: false, message: faultInWords(asDayTradeError(error)) }];
  }
  if (running === undefined)
    return [...checks, { name: 'platform', ok: true, message: say`not running; start it with ${programName} up` }];
  checks.push({
    name: 'platform',
    ok: true,
    message: say`runs with pid ${running.pid} since ${running.startedAt}, page ${running.dashboard}`,
  });
  for (const name of ['data', 'ml', 'scheduler'] as const) checks.push(await readinessCheck(name, running[name]));
  return checks;
}

function settingsFileOf({ settingsFile }: CommandContext): string | null {
  return existsSync(settingsFile) ? settingsFile : null;
}

/** Reports the settings file. A faulty one stops every command, so only its existence is in question. */
function settingsFileCheck(context: CommandContext): Check {
  const message = settingsFileOf(context) ?? say`none; ${programName} setup writes ${context.settingsFile}`;
  return { name: 'settings file', ok: true, message };
}

function stateFolderCheck(folder: string): Check {
  const existing = nearestExisting(folder);
  const name = 'state folder';
  try {
    if (!statSync(existing).isDirectory())
      return { name, ok: false, message: say`${existing} is not a folder; set DAYTRADE_STATE_DIR` };
    accessSync(existing, constants.W_OK | constants.X_OK);
    const exposed = existing === folder ? exposure(folder, folder) : undefined;
    if (exposed !== undefined) return { name, ok: false, message: exposed };
    return { name, ok: true, message: existing === folder ? folder : say`${folder} (will be created)` };
  } catch {
    return { name, ok: false, message: say`${existing} cannot be written; set DAYTRADE_STATE_DIR` };
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
      message: answer.ok ? say`${url} is ready` : say`${url} answered ${answer.status}`,
    };
  } catch (error) {
    return {
      name: `${name} service`,
      ok: false,
      message: say`${url} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Compares all files of bars with their checksums, and the bars of each symbol with its record. */
async function checkBars(
  context: Pick<CommandContext, 'connect' | 'settings'>,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  // Looking must not make a state folder.
  if (!existsSync(join(context.settings.DAYTRADE_STATE_DIR, 'database'))) return { ok: true, message: say`none yet` };
  try {
    const { data } = await context.connect();
    const { checked, damaged } = await data.call(routes.damagedSymbols, { query: { check: 'content' } });
    if (damaged.length === 0)
      return { ok: true, message: say`the bars of ${checked} symbols are those that were written` };
    // Many symbols share a damaged file.
    const bySymbols = Map.groupBy(damaged, ({ message }) => message);
    const named = [...bySymbols].map(([message, [first, ...others]]) => {
      const which = others.length > 0 ? say`${first!.symbol} and ${others.length} more` : first!.symbol;
      return `${which}: ${message}`;
    });
    const again = say`run ${programName} fetch --repair, or ${programName} import FOLDER`;
    return { ok: false, message: `${named.join('; ')}; ${again}` };
  } catch (error) {
    return { ok: false, message: faultInWords(asDayTradeError(error)) };
  }
}

const readByOthers = 0o044;

/**
 * Checks the file with the key of J-Quants. That others can read it is a note, since a secret that a cluster
 * mounts has the mode that the cluster gives it. No message shows what is in the file.
 */
function checkKeyFile(path: string): { readonly ok: boolean; readonly message: string } {
  try {
    const fault = faultOfValue('DAYTRADE_JQUANTS_API_KEY', readFileSync(path, 'utf8').trim());
    if (fault !== undefined) return { ok: false, message: say`${path} has something else in it; ${fault}` };
    const { mode } = statSync(path);
    const isOpen = process.platform !== 'win32' && (mode & readByOthers) !== 0;
    return { ok: true, message: isOpen ? say`${path}, which others can read: chmod 600 ${path}` : path };
  } catch (error) {
    return { ok: false, message: say`${path} cannot be read (${String((error as NodeJS.ErrnoException).code)})` };
  }
}
