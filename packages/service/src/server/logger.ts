import { isSecret, settingsSchema } from '@daytrade/contracts';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** What a log line must never show, wherever it stands in the line. */
const secrets = ['authorization', 'token', 'password'];
/** Secrets, and addresses, which may hold a password. */
const secretSettings = Object.entries(settingsSchema.shape).flatMap(([name, schema]) =>
  isSecret(name) || schema.meta()?.unit === 'address' ? [name] : [],
);
const redacted = [
  ...[...secrets, ...secretSettings].flatMap((name) => [name, `*.${name}`]),
  ...secrets.map((name) => `*.headers.${name}`),
  // An error of Redis has the command that failed with it, of a sign-in with its password.
  '*.command.args',
];

/**
 * A logger that writes one JSON object a line and hides tokens and passwords.
 *
 * @param options.level least severe level that is written
 * @param options.destination where lines go; default: standard output
 */
export function createLogger(options: {
  readonly level: string;
  readonly destination?: DestinationStream | undefined;
}): Logger {
  const settings = { level: options.level, redact: { paths: redacted, censor: '(hidden)' } };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}
