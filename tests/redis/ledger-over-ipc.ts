import type { ChildProcess } from 'node:child_process';
import type { RunLedger } from '@daytrade/jobs';

// One ledger for several processes: the test's process keeps it, the others ask for it over the channel to their
// parent.

interface Question {
  readonly question: number;
  readonly method: keyof RunLedger;
  readonly input: unknown[];
}

interface Answer {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Answers what a child asks of the ledger. */
export function answerLedger(child: ChildProcess, ledger: RunLedger): void {
  child.on('message', (message: Question) => {
    if (!('question' in message)) return;
    const method = ledger[message.method] as (...input: unknown[]) => Promise<unknown>;
    const answer = (rest: Omit<Answer, 'answer'>) =>
      child.connected && child.send({ answer: message.question, ...rest });
    method.apply(ledger, message.input).then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: String(error) }),
    );
  });
}

/** The ledger of the parent. */
export function parentLedger(): RunLedger {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let questions = 0;
  process.on('message', (message: Answer) => {
    if (!('answer' in message)) return;
    const end = open.get(message.answer);
    open.delete(message.answer);
    if (message.error === undefined) end?.resolve(message.value);
    else end?.reject(new Error(message.error));
  });
  const ask =
    (method: keyof RunLedger) =>
    async (...input: unknown[]) => {
      const end = Promise.withResolvers<unknown>();
      open.set(++questions, end);
      process.send?.({ question: questions, method, input } satisfies Question);
      return await end.promise;
    };
  const methods = ['create', 'find', 'list', 'update', 'unfinished'] as const;
  return Object.fromEntries(methods.map((method) => [method, ask(method)])) as unknown as RunLedger;
}
