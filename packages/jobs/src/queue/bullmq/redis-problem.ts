import { DayTradeError } from '@daytrade/errors';
import type { RedisAddress } from './redis-address.ts';

const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);

/** Says in words of the settings why Redis cannot be used; never shows the password. */
export function redisProblem(error: unknown, address: Pick<RedisAddress, 'host' | 'port'>): DayTradeError {
  const where = `Redis at ${address.host}:${address.port}`;
  const details = { host: address.host, port: address.port };
  const refusal = refusalOf(error);
  if (refusal !== undefined)
    return new DayTradeError('dependency.refused', `${where} ${refusal}`, { details, cause: error });
  return new DayTradeError('service.unavailable', `${where} does not answer: ${reasonOf(error)}`, {
    details,
    cause: error,
  });
}

/** Why Redis will not let us in until somebody changes something; undefined when it is only away. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (/WRONGPASS|invalid password/i.test(error.message)) {
    return 'refuses the password: expected the one of DAYTRADE_REDIS_USERNAME in DAYTRADE_REDIS_PASSWORD';
  }
  if (/NOAUTH/.test(error.message)) return 'asks for a password: expected it in DAYTRADE_REDIS_PASSWORD';
  if (/NOPERM/.test(error.message)) return `does not allow the user what the queue needs (${error.message})`;
  if (untrusted.has(code)) {
    return `shows a certificate of an authority that is not trusted (${code}): expected one of DAYTRADE_REDIS_CA_FILE`;
  }
  if (code === 'CERT_HAS_EXPIRED') return 'shows a certificate that has expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'shows a certificate of another host';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO') {
    return 'does not speak TLS: expected DAYTRADE_REDIS_TLS=off, or a server with TLS';
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return /timed out/i.test(error.message) ? 'no answer in time' : codeOf(error) || error.message;
}

function codeOf(error: Error): string {
  // A name with several addresses fails as one error with one for each of them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}
