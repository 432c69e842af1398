import type { NoticeChannel } from './channel.ts';
import { post } from './post.ts';

/** Posts notices to an incoming webhook of Slack, or of a server that takes the same JSON. */
export function slackChannel({ url }: { readonly url: string }): NoticeChannel {
  return {
    name: 'slack',
    to: new URL(url).host,
    compose: async ({ title, lines }) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: [`*${plain(title)}*`, ...lines.map(plain)].join('\n') }),
    }),
    send: (message) => post(url, message),
  };
}

/** Slack reads links and mentions between < and >; a name of a symbol is none. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
