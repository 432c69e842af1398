import { setTimeout as pause } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';
import { type AzureEnvironment, tokenRequest } from './token-request.ts';

/** Proof of who a process is, for one service of Azure. */
export interface EntraToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const answer = z.object({
  access_token: z.string().min(1),
  // Seconds: as a time since 1970 (managed identity), or from now (workload identity).
  expires_on: z.coerce.number().optional(),
  expires_in: z.coerce.number().optional(),
});

/** A container group asks before its identity is known everywhere; that takes seconds, rarely half a minute. */
const pausesMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
const answerMs = 5_000;
/** A token that lives for less is not given out again. */
const leastLifeMs = 300_000;

export interface EntraOptions {
  readonly environment: AzureEnvironment;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds between attempts, of which there is one more. */
  readonly pauses?: readonly number[];
  /** Ends attempts that nobody waits for any more: they would keep the process from its end. */
  readonly signal?: AbortSignal;
}

/**
 * The identity that Azure gives a process: a managed one, or that of its service account in AKS.
 *
 * @example await new EntraIdentity({ environment: process.env, now: Date.now }).token('https://vault.azure.net')
 */
export class EntraIdentity {
  readonly #environment: AzureEnvironment;
  readonly #now: () => number;
  readonly #pauses: readonly number[];
  readonly #signal: AbortSignal | undefined;
  readonly #tokens = new Map<string, EntraToken>();
  /** Of requests on their way: who reads a thousand objects at once asks for one token. */
  readonly #coming = new Map<string, Promise<EntraToken>>();
  /** What kept the newest attempt from a token. */
  readonly #reasons = new Map<string, unknown>();

  constructor({ environment, now, pauses = pausesMs, signal }: EntraOptions) {
    this.#environment = environment;
    this.#now = now;
    this.#pauses = pauses;
    this.#signal = signal;
  }

  /**
   * A token for a service of Azure that lives for another five minutes at least.
   *
   * @param withinMs how long the caller can wait; who asks later finds what comes after that
   * @throws DayTradeError `service.unavailable` when nobody gives one
   */
  async token(resource: string, withinMs?: number): Promise<EntraToken> {
    const known = this.#tokens.get(resource);
    if (known !== undefined && known.expiresAt - this.#now() > leastLifeMs) return known;
    let coming = this.#coming.get(resource);
    if (coming === undefined) {
      coming = this.#newToken(resource).finally(() => this.#coming.delete(resource));
      this.#coming.set(resource, coming);
    }
    if (withinMs === undefined) return await coming;
    // Nobody may be left to hear how it ends.
    coming.catch(() => undefined);
    const stop = new AbortController();
    const late = pause(withinMs, undefined, { signal: stop.signal }).then(() => {
      throw this.#refusal(resource, this.#reasons.get(resource) ?? `no answer in ${withinMs} ms`);
    });
    return await Promise.race([coming, late]).finally(() => stop.abort());
  }

  async #newToken(resource: string): Promise<EntraToken> {
    this.#reasons.delete(resource);
    for (const ms of [0, ...this.#pauses]) {
      if (ms > 0) await pause(ms, undefined, { signal: this.#signal });
      try {
        const token = await this.#ask(resource);
        this.#tokens.set(resource, token);
        return token;
      } catch (error) {
        this.#reasons.set(resource, error);
      }
    }
    throw this.#refusal(resource, this.#reasons.get(resource));
  }

  #refusal(resource: string, cause: unknown): DayTradeError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new DayTradeError(
      'service.unavailable',
      `Entra gives no token for ${resource}: ${reason}. Expected a managed identity or a workload identity of Azure`,
      { details: { resource }, cause },
    );
  }

  async #ask(resource: string): Promise<EntraToken> {
    const { url, init } = await tokenRequest(resource, this.#environment);
    const late = AbortSignal.timeout(answerMs);
    const signal = this.#signal === undefined ? late : AbortSignal.any([late, this.#signal]);
    const response = await fetch(url, { ...init, signal });
    // What is said of an identity may be shown; an answer with a token never is.
    if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 300)}`);
    // Nor is a part of it, which an error of the parser would quote.
    const read = answer.safeParse(await response.json().catch(() => undefined));
    if (!read.success) throw new Error(`${response.status} with an answer without a token`);
    const { access_token: token, expires_on: at, expires_in: seconds = 0 } = read.data;
    return { token, expiresAt: at === undefined ? this.#now() + seconds * 1_000 : at * 1_000 };
  }
}
