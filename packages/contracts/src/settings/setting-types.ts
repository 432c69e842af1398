import { z } from 'zod';

/** A whole number from the environment, with the default that holds where it is not set. */
export const wholeSetting = (fallback: number, range: { readonly min: number; readonly max: number }) =>
  z.coerce.number().int().min(range.min).max(range.max).default(fallback);

/** A port to listen on. */
export const listenPort = (fallback: number, what: string) =>
  wholeSetting(fallback, { min: 0, max: 65_535 }).meta({
    description: `${what}; 0 takes a free one`,
    unit: 'port',
  });

/** A port of another server. */
export const serverPort = (fallback: number, what: string) =>
  wholeSetting(fallback, { min: 1, max: 65_535 }).meta({ description: what, unit: 'port' });

/** Where something is reached, when it is set. */
export const hostName = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._:-]+$/, 'expected a host name or an address, without a scheme or a port')
    .optional()
    .meta({ description: what, unit: 'host' });

export const filePath = (what: string) => z.string().min(1).optional().meta({ description: what, unit: 'path' });

/** A value that is never shown. */
export const secret = (what: string) =>
  z.string().min(1).optional().meta({ description: what, unit: 'secret', secret: true });

/** How far the certificate of a server is trusted. */
export const tlsMode = (server: string) =>
  z
    .enum(['verify', 'off'])
    .default('verify')
    .meta({ description: `Whether ${server} is reached over TLS with a verified certificate` });

/** The address of a service. */
export const serviceUrl = (what: string) =>
  z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL, for example http://ml-service:8000' })
    .optional()
    .meta({ description: what, unit: 'URL' });

/** What a provider sends is believed, and the key of one travels: in clear on this machine alone. */
const address =
  /^(?:https:\/\/[\w.:[\]-]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?)(?:\/[\w./~-]*)?$/i;

/** Where a provider of bars is asked; a stand-in on this machine in tests. */
export const providerAddress = (usual: string, what: string) =>
  z
    .string()
    .regex(address, 'expected an https URL without user, query or fragment; http on loopback alone')
    .default(usual)
    .meta({ description: what, unit: 'URL' });
