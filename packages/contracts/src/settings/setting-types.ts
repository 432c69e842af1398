import { z } from 'zod';

/** A whole number from the environment, with the default that holds where it is not set. */
export const wholeSetting = (fallback: number, range: { readonly min: number; readonly max: number }) =>
  z.coerce.number().int().min(range.min).max(range.max).default(fallback);

export const filePath = (what: string) => z.string().min(1).optional().meta({ description: what, unit: 'path' });

/** A value that is never shown. */
export const secret = (what: string) =>
  z.string().min(1).optional().meta({ description: what, unit: 'secret', secret: true });

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
