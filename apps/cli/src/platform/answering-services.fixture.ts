import { PassThrough } from 'node:stream';
import { parseSettings, type Run, type ServiceName, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { ServiceClient, type ServiceTransport, type TransportRequest } from '@daytrade/service/client';
import { sampleRun } from '@daytrade/storage/testing';
import type { CommandContext } from '../define-command.ts';
import type { Terminal } from '../output/terminal.ts';
import { loadProgram } from '../program.ts';
import type { Connection } from './connect.ts';

type Request = Pick<TransportRequest, 'method' | 'path' | 'body'>;
/** Answers by method and path, `GET /v1/models`: JSON, or the text of a file. A function answers each request anew. */
type Answers = Readonly<Record<string, unknown>>;

/** How a command line ended. */
interface Ended {
  readonly out: string;
  readonly err: string;
  /** Requests in order: `GET /v1/models?limit=1`, and what a POST sent. */
  readonly requests: readonly (readonly [line: string, body?: unknown])[];
  readonly exitCode: number;
}

interface Given extends Partial<CommandContext> {
  /** Lines that a person types in a terminal, or that come through a pipe. */
  readonly typed?: readonly string[];
  readonly isTTY?: boolean;
}

/** Returns the real clients of services that have the given answers and no other. */
export function answeringConnection(answers: Answers): Connection & Pick<Ended, 'requests'> {
  const requests: [string, unknown?][] = [];
  const transport: ServiceTransport = {
    address: 'service',
    stream: async ({ method, path, body }: Request) => {
      requests.push(body === undefined ? [`${method} ${path}`] : [`${method} ${path}`, body]);
      const answer = answers[`${method} ${path.split('?')[0]}`];
      if (answer === undefined) throw new DayTradeError('service.unreachable', `nothing answers ${method} ${path}`);
      const value: unknown = typeof answer === 'function' ? await answer({ method, path, body }) : answer;
      const [contentType, text] =
        typeof value === 'string' ? ['text/html', value] : ['application/json', JSON.stringify(value)];
      return { status: 200, contentType, content: PassThrough.from([Buffer.from(text)]) };
    },
  };
  const client = <Name extends ServiceName>() => new ServiceClient<Name>(transport);
  return {
    data: client<'data'>(),
    ml: client<'ml'>(),
    scheduler: client<'scheduler'>(),
    sharesFiles: true,
    close: async () => undefined,
    requests,
  };
}

/** Runs a command line on {@link answeringConnection}. */
export async function runLine(line: readonly string[], answers: Answers = {}, given: Given = {}): Promise<Ended> {
  const connection = answeringConnection(answers);
  const [out, err]: [string[], string[]] = [[], []];
  const stream = (texts: string[]) => ({ isTTY: false, write: (text: string) => texts.push(text) > 0 });
  const { typed, isTTY = false, ...context } = given;
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  stdin.end((typed ?? []).map((text) => `${text}\n`).join(''));
  const argv = ['node', 'daytrade', ...line];
  const program = await loadProgram(argv, (_purpose, { json }, use) =>
    use({
      terminal: { stdout: stream(out), stderr: stream(err) } as unknown as Terminal,
      stdin: () => stdin as unknown as NodeJS.ReadStream,
      settings: testSettings(),
      settingSources: new Map(),
      settingsFile: '/nowhere/day-trade.toml',
      json: json === true,
      signal: new AbortController().signal,
      connect: async () => connection,
      ...context,
    }),
  );
  const before = process.exitCode;
  try {
    process.exitCode = undefined;
    await program.parseAsync(argv);
    return {
      out: out.join(''),
      err: err.join(''),
      requests: connection.requests,
      exitCode: Number(process.exitCode ?? 0),
    };
  } finally {
    process.exitCode = before;
  }
}

export function testSettings(changes: Partial<Settings> = {}): Settings {
  return { ...parseSettings({}), ...changes };
}

/** A run of a job that has ended well with a result. */
export function endedRun(job: string, result: object | null, changes: Partial<Run> = {}): Run {
  return sampleRun({
    id: `r-${job}`,
    job,
    key: `${job} of 2026-11-24`,
    status: 'succeeded',
    requestId: null,
    attempt: 1,
    payload: {},
    result: result as Run['result'],
    queuedAt: '2026-11-24T06:00:00.000Z',
    startedAt: '2026-11-24T06:30:00.000Z',
    finishedAt: '2026-11-24T06:31:00.000Z',
    ...changes,
  });
}
