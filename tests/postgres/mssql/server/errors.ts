import pg from 'pg';
import type { ServerError } from './tokens.ts';

/** SQL Server's number and severity for PostgreSQL's SQLSTATE. */
const known: Readonly<Record<string, readonly [number: number, severity: number]>> = {
  '23505': [2627, 14],
  '23503': [547, 16],
  '22P02': [241, 16],
  '22007': [241, 16],
  '22001': [2628, 16],
  '40P01': [1205, 13],
  '42601': [102, 15],
  '42703': [207, 16],
  '42P01': [208, 16],
  '42P07': [2714, 16],
  '53100': [1105, 17],
  '55P03': [1222, 16],
};

/** An error of the stand-in's engine, as SQL Server would say it. */
export function serverError(error: unknown): ServerError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SyntaxError) return { number: 102, severity: 15, message };
  if (!(error instanceof pg.DatabaseError)) return { number: 596, severity: 21, message };
  const [number, severity] = known[error.code ?? ''] ?? [50_000, 16];
  return { number, severity, message: wordsOf(number, message) };
}

function wordsOf(number: number, message: string): string {
  const [, name] = /"([^"]+)"/.exec(message) ?? [];
  if (number === 2714) return `There is already an object named '${name}' in the database.`;
  if (number === 208) return `Invalid object name '${name}'.`;
  if (number === 207) return `Invalid column name '${name}'.`;
  if (number === 1222) return 'Lock request time out period exceeded.';
  return message;
}
