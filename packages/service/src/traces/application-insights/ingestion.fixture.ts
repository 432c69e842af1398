import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Envelope } from '../insights-exporter.ts';

/** What is asked of an item's data by its kind; every field is text but for `success`. */
const needed: Readonly<Record<string, readonly string[]>> = {
  RequestData: ['id', 'name', 'duration', 'responseCode'],
  RemoteDependencyData: ['id', 'name', 'duration', 'resultCode'],
};
/** The most letters of a name, and of the value of a property. */
const longest = { name: 1_024, value: 8_192 };
const timeSpan = /^\d+\.\d\d:[0-5]\d:[0-5]\d\.\d{3}$/;

/** A stand-in of the ingestion of Application Insights, and what it has taken. */
export interface Ingestion {
  readonly endpoint: string;
  readonly items: Envelope[];
}

/** Takes items of its key, for its token, that have what their schema asks for; answers as Azure does. */
export async function ingestion(key: string, token: string): Promise<Ingestion> {
  const items: Envelope[] = [];
  const take = async (request: IncomingMessage, answer: ServerResponse) => {
    const say = (status: number, value: object) => {
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const body = await text(request);
    if (request.method !== 'POST' || request.url !== '/v2.1/track') return say(404, {});
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, { message: 'no token that is known' });
    const lines = body.split('\n').map((line) => JSON.parse(line) as Envelope);
    const errors = lines.flatMap((item, index) => faultsOf(item, key).map((message) => ({ index, message })));
    items.push(...lines.filter((_, index) => !errors.some((error) => error.index === index)));
    const accepted = lines.length - new Set(errors.map(({ index }) => index)).size;
    const status = errors.length === 0 ? 200 : accepted > 0 ? 206 : 400;
    say(status, { itemsReceived: lines.length, itemsAccepted: accepted, errors });
  };
  const server = createServer((request, answer) => void take(request, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, items };
}

function faultsOf({ ver, name, time, iKey, sampleRate, tags, data }: Envelope, key: string): readonly string[] {
  const { baseType, baseData } = data;
  const texts = needed[baseType] ?? [];
  const isWhole =
    texts.length > 0 && texts.every((field) => typeof baseData[field] === 'string' && baseData[field] !== '');
  const properties = Object.values(baseData.properties as object);
  const asked: readonly (readonly [string, boolean])[] = [
    ['ver', ver === 1 && baseData.ver === 2],
    ['name', name === `Microsoft.ApplicationInsights.${baseType.replace(/Data$/, '')}`],
    ['time', new Date(time).toISOString() === time],
    ['iKey', iKey === key],
    ['sampleRate', sampleRate > 0 && sampleRate <= 100],
    ['tags', Object.values(tags).every((value) => typeof value === 'string' && value !== 'undefined')],
    ['baseData', isWhole && typeof baseData.success === 'boolean' && timeSpan.test(String(baseData.duration))],
    ['name of the data', String(baseData.name).length <= longest.name],
    ['properties', properties.every((value) => typeof value === 'string' && value.length <= longest.value)],
  ];
  return asked.filter(([, holds]) => !holds).map(([field]) => `field ${field} is not valid`);
}
