import { z } from 'zod';
import { filePath } from './setting-types.ts';

/** The broker whose program runs on this machine. It has no TLS: it is asked on loopback alone. */
const loopback = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:\/[\w./-]*)?$/i;

/** kabu STATION, by which `daytrade live` sends orders. */
export const kabuSettings = {
  DAYTRADE_KABU_URL: z
    .string()
    .regex(loopback, 'expected an http URL on loopback, where kabu STATION listens')
    .default('http://localhost:18080/kabusapi')
    .meta({ description: 'Where the API of kabu STATION is asked; its test environment has port 18081', unit: 'URL' }),
  DAYTRADE_KABU_PASSWORD_FILE: filePath('File with the password of the API of kabu STATION alone, of mode 0600'),
} as const;
