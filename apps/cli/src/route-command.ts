import type { AnswerOf, LeftOut, Route } from '@daytrade/contracts';
import type { CommandDefinition } from './define-command.ts';
import { parseInput } from './input.ts';
import { printNote, printResult, reportLeftOut } from './output/terminal.ts';
import type { Connection } from './platform/connect.ts';
import { type FieldOption, RequestOptions } from './request-options.ts';

type Sent = Readonly<Record<string, unknown>>;

export function callRoute(connection: Connection, route: Route, parts: object): Promise<unknown> {
  // Route and request belong together, which only a caller with a known route can prove to the compiler.
  const client = connection[route.service] as unknown as { call(route: Route, parts: object): Promise<unknown> };
  return client.call(route, parts);
}

interface Described<Of extends Route> extends Omit<CommandDefinition, 'run' | 'configure' | 'usage'> {
  /** Name, with an argument for each parameter of the route's path, for example `show <version>`. */
  readonly usage: string;
  readonly options?: Readonly<Record<string, FieldOption>>;
  /** Returns fields of the request that no option gives. */
  readonly fixed?: () => Sent;
  readonly exitCode?: (answer: AnswerOf<Of>) => number;
  /** Returns cautions for standard error. */
  readonly notes?: (answer: AnswerOf<Of>) => readonly string[];
  readonly text: (answer: AnswerOf<Of>, sent: Sent) => string;
}

/**
 * Describes a command that reads options, calls a route and prints its answer. Options and their help come from the
 * route's request schema.
 */
export function command<const Of extends Route>(route: Of, described: Described<Of>): CommandDefinition {
  const { options: fields = {}, fixed, exitCode, notes, text, ...definition } = described;
  const schema = route.body ?? route.query;
  const request = schema === undefined ? undefined : new RequestOptions(schema, fields);
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  return {
    ...definition,
    configure: (built) => request?.addTo(built),
    run: async (context, { args, options }) => {
      const asked = { ...fixed?.(), ...request?.read(options) };
      const sent = schema === undefined ? {} : (parseInput(schema, asked, definition.usage) as Sent);
      const params = Object.fromEntries(parameters.map((name, at) => [name, String(args[at])]));
      const part = route.body === undefined ? 'query' : 'body';
      const answer = (await callRoute(await context.connect(), route, { params, [part]: sent })) as AnswerOf<Of>;
      const code = exitCode?.(answer) ?? 0;
      if (code !== 0) process.exitCode = code;
      if (hasLeftOut(answer)) reportLeftOut(context.terminal, answer.leftOut);
      for (const note of notes?.(answer) ?? []) printNote(context.terminal, note);
      printResult(context, answer, () => text(answer, sent));
    },
  };
}

function hasLeftOut(answer: unknown): answer is { readonly leftOut: LeftOut } {
  return typeof answer === 'object' && answer !== null && 'leftOut' in answer && Array.isArray(answer.leftOut);
}
