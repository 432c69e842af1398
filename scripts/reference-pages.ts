// The tables of two pages of docs/, the list of the API, and the settings that the chart accepts, from the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isSecret,
  onlyInTheEnvironment,
  type SettingName,
  secretFiles,
  settingKey,
  settingsSchema,
} from '../packages/contracts/src/index.ts';
import { type ErrorCodeEntry, errorCodes } from '../packages/errors/src/index.ts';
import { providers } from '../packages/market-data/src/index.ts';
import { describeApi } from './describe-api.ts';

const root = join(import.meta.dirname, '..');
const chartSchema = 'infrastructure/helm/day-trade-ml/values.schema.json';

/** Returns the text of each file that is written from the code, by its path from the root. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'docs/api.txt': describeApi(),
    'docs/errors.md': withRows('docs/errors.md', errorRows()),
    'docs/settings.md': withRows('docs/settings.md', settingRows()),
    [chartSchema]: schemaOfChart(),
  };
}

/**
 * The chart's schema with every setting by its name. A setting that no process knows keeps a pod from starting, so the
 * values may not contain one.
 */
function schemaOfChart(): string {
  const lines = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const { enum: choices } = described(name, schema);
    const value =
      choices === undefined
        ? '"$ref": "#/definitions/setting"'
        : `"enum": [${choices.map((one) => `"${one}"`).join(', ')}]`;
    return `        "^${name}$": { ${value} },\n`;
  });
  const text = readFileSync(join(root, chartSchema), 'utf8');
  return text.replace(/(?: +"\^DAYTRADE_[A-Z0-9_]+\$": .*\n)+/, () => lines.join(''));
}

/** Returns a page with these rows in its first table whose rows begin with code; all else in it is written by hand. */
function withRows(page: string, rows: readonly string[]): string {
  return readFileSync(join(root, page), 'utf8').replace(/(?:^\| `.*\n)+/m, () => `${rows.join('\n')}\n`);
}

function errorRows(): readonly string[] {
  return Object.entries(errorCodes).map(([code, entry]: [string, ErrorCodeEntry]) => {
    const { kind, status, exitCode, retryable, title, remedy } = entry;
    return tableRow([`\`${code}\``, kind, status, exitCode, retryable ? 'yes' : 'no', title, remedy]);
  });
}

function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A setting as JSON schema describes it, for the value that its parsing gives. */
interface DescribedSetting {
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function described(name: string, schema: (typeof settingsSchema.shape)[SettingName]): DescribedSetting {
  const setting = schema.toJSONSchema({ unrepresentable: 'any' }) as DescribedSetting;
  return name === 'DAYTRADE_PROVIDER' ? { ...setting, enum: providers.map((provider) => provider.name) } : setting;
}

function settingRows(): readonly string[] {
  const listed = Object.entries(settingsSchema.shape).filter(([name]) => !(name in secretFiles));
  return listed.map(([name, schema]) => {
    const setting = described(name, schema);
    const value = describeAllowedValues(name, setting);
    const { default: otherwise, description = '' } = setting;
    return tableRow([`\`${name}\``, keyInFile(name), describeDefault(otherwise), value, description]);
  });
}

function keyInFile(name: string): string {
  return isSecret(name) || onlyInTheEnvironment.includes(name) ? '–' : `\`${settingKey(name)}\``;
}

function describeAllowedValues(name: string, { enum: choices, unit, minimum, maximum }: DescribedSetting): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (isSecret(name)) return 'secret';
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}${unit ? `, ${unit}` : ''}`;
  return unit ?? 'true or false';
}

function describeDefault(value: unknown): string {
  if (value === undefined) return 'not set';
  return value === '' ? 'empty' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
