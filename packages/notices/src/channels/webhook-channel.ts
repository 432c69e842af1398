import { createHmac } from 'node:crypto';
import { identityOf, type NoticeChannel } from './channel.ts';
import { post } from './post.ts';

/**
 * Posts notices as JSON. The header `x-day-trade-signature` is `t=<seconds since 1970>,v1=<signature>`, where the
 * signature is the HMAC-SHA-256 of `<t>.<body>`, hexadecimal: a receiver computes the same with the key, and refuses
 * another one and an old time.
 */
export function webhookChannel({ url, key }: { readonly url: string; readonly key: string }): NoticeChannel {
  return {
    name: 'webhook',
    to: new URL(url).host,
    compose: async (notice, now) => {
      const body = JSON.stringify({ id: identityOf(notice), ...notice });
      const seconds = Math.floor(now / 1_000);
      const signature = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-day-trade-notice': encodeURI(identityOf(notice)),
        'x-day-trade-signature': `t=${seconds},v1=${signature}`,
      };
      return { headers, body };
    },
    send: (message) => post(url, message),
  };
}
