import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

type SignIn = (name: string, asked: IncomingMessage, answer: ServerResponse, goOn: () => void) => Promise<void>;

/**
 * How registries of the clouds ask who somebody is. Azure's gives a token for one of Entra, and for that another one
 * which it takes; that of AWS takes the password which AWS gives out for it.
 * @param azure the domain of Azure's
 */
export function signInOf(azure: string): SignIn {
  const given = { refresh: `refresh.${randomUUID()}`, access: `access.${randomUUID()}` };
  return async (name, asked, answer, goOn) => {
    const url = new URL(asked.url ?? '/', `https://${name}`);
    const [scheme = '', credentials = ''] = (asked.headers.authorization ?? '').split(' ');
    const [user, password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
    if (!name.endsWith(`.${azure}`)) {
      if (scheme === 'Basic' && user === 'AWS' && password !== '') return goOn();
      return refuse(answer, `Basic realm="https://${name}/",service="ecr.amazonaws.com"`);
    }
    const challenge = `Bearer realm="https://${name}/oauth2/token",service="${name}"`;
    if (url.pathname === '/oauth2/exchange') {
      const hasToken = (await formOf(asked)).get('access_token');
      return hasToken ? say(answer, { refresh_token: given.refresh }) : refuse(answer, challenge);
    }
    if (url.pathname === '/oauth2/token') {
      const form = await formOf(asked);
      const known = [password, form.get('refresh_token'), form.get('password')].includes(given.refresh);
      return known ? say(answer, { access_token: given.access, token: given.access }) : refuse(answer, challenge);
    }
    if (scheme === 'Bearer' && credentials === given.access) return goOn();
    refuse(answer, challenge);
  };
}

async function formOf(asked: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of asked.setEncoding('utf8')) text += part;
  return new URLSearchParams(text);
}

function say(answer: ServerResponse, value: object): void {
  answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(answer: ServerResponse, challenge: string): void {
  const errors = [{ code: 'UNAUTHORIZED', message: 'authentication required' }];
  answer.writeHead(401, { 'www-authenticate': challenge, 'content-type': 'application/json' });
  answer.end(JSON.stringify({ errors }));
}
