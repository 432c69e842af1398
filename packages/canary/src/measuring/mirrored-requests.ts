import { addresses, type Prediction, predictionListSchema } from '@daytrade/contracts';
import type { PredictionPair } from '../canary-interval.ts';

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends one request with the token of the platform; rejects where nothing answers in time. */
export type Ask = (
  url: string,
  request: { readonly method: 'GET' | 'POST'; readonly body?: string },
) => Promise<Answer>;

/**
 * What a version predicts now, by the same request to each: nothing is published. undefined where it has no answer.
 *
 * @param url of an ml-service, or of a Service in front of several
 */
export async function predictNow(ask: Ask, url: string): Promise<readonly Prediction[] | undefined> {
  const { method, path } = addresses.publishPredictions;
  try {
    const { status, text } = await ask(`${url}${path}`, { method, body: JSON.stringify({ publish: false }) });
    return status === 200 ? predictionListSchema.parse(JSON.parse(text)).predictions : undefined;
  } catch {
    return undefined;
  }
}

/** What both versions predict for each symbol that the stable one predicts. */
export function pairsOf(
  stable: readonly Prediction[] = [],
  canary: readonly Prediction[] = [],
): readonly PredictionPair[] {
  const ofCanary = new Map(canary.map((prediction) => [prediction.symbol, prediction]));
  return stable.map((prediction) => ({
    symbol: prediction.symbol,
    session: prediction.session,
    stable: prediction,
    canary: ofCanary.get(prediction.symbol),
  }));
}

/** What readers ask most. */
const probes = [addresses.latestPredictions, addresses.models, addresses.accuracy];

/** How many probes are under way at a time. */
const together = 4;

/**
 * Asks a version what readers ask, to have something to judge where they ask little.
 *
 * @param urls of its processes, in turn
 * @returns how many were not answered at all: the version's own metrics do not know of these
 */
export async function probe(ask: Ask, urls: readonly string[], count: number): Promise<number> {
  if (urls.length === 0) return count;
  let [sent, unanswered] = [0, 0];
  const sendInTurn = async () => {
    while (sent < count) {
      const place = sent;
      sent += 1;
      const { method, path } = probes[place % probes.length]!;
      await ask(`${urls[place % urls.length]}${path}`, { method }).catch(() => {
        unanswered += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: together }, sendInTurn));
  return unanswered;
}
