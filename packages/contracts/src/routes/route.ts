import type { z } from 'zod';
import type { Address } from '../addresses.ts';

/** The tables that kept answers are read from. */
export type ReadTable =
  | 'symbols'
  | 'predictions'
  | 'inDayPredictions'
  | 'priceFactors'
  | 'models'
  | 'activations'
  | 'evaluations'
  | 'announcements';

/** Caching of an answer in memory. */
export interface Kept {
  /** Tables that the answer is read from; a write to one of them invalidates it. */
  readonly readsFrom: readonly ReadTable[];
}

export interface RouteBodies {
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  /** None: the route takes no query. */
  readonly query?: z.ZodObject;
  /** None: a POST takes an empty object or nothing. */
  readonly body?: z.ZodType;
  /** Content type of a body that is bytes in the place of JSON. */
  readonly bodyType?: string;
  /** Bytes of the longest body, where that is not the 64 KiB of every route. */
  readonly bodyLimit?: number;
  /** The answer to a request that is granted, by its status; every other answer is a problem document. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Content types of an answer that is a file in the place of JSON. */
  readonly answerTypes?: readonly string[];
  /** Undefined: the answer is not cached. */
  readonly kept?: Kept;
}

/** All that is known of a route: services serve it, clients ask it and the OpenAPI document shows it by this. */
export interface Route extends Address, RouteBodies {
  readonly tags: readonly string[];
}

type MethodAndPath = `${Address['method']} ${Address['path']}`;

interface AddressOf<Service extends Address['service'], Text extends MethodAndPath> {
  readonly service: Service;
  readonly method: Text extends `${infer Method extends Address['method']} ${string}` ? Method : never;
  readonly path: Text extends `${string} ${infer Path extends Address['path']}` ? Path : never;
}

/** Puts a route together; its type keeps every schema. Its group is the first word of its path. */
export function route<
  const Service extends Address['service'],
  const Text extends MethodAndPath,
  const What extends RouteBodies,
>(service: Service, text: Text, bodies: What): AddressOf<Service, Text> & What & Pick<Route, 'tags'> {
  const [method, path] = text.split(' ') as [never, never];
  return { service, method, path, ...bodies, tags: [text.split('/')[2]!] };
}

/** The status of a granted request with the schema of its answer. */
export function grantedBy({ answers }: Pick<Route, 'answers'>): {
  readonly status: number;
  readonly schema: z.ZodType;
} {
  const [entry] = Object.entries(answers);
  if (entry === undefined) throw new TypeError('a route without an answer');
  return { status: Number(entry[0]), schema: entry[1] };
}

/** The body of the answer to a request that is granted. */
export type AnswerOf<Of extends Pick<Route, 'answers'>> = z.output<Of['answers'][keyof Of['answers']] & z.ZodType>;

/** Readonly form of an answer, so that a handler need not copy arrays and objects. */
export type Readable<Value> = Value extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Readable<Value[Key]> }
    : Value;

/** A part of a request as the handler gets it: checked, with its defaults. */
export type PartOf<Of, Part extends 'params' | 'query' | 'body'> =
  Of extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? z.output<Schema> : unknown;

/** Request of a caller: `params`, `query`, `body` or `bytes`, as the route takes them. */
export type CallOf<Of> = SentPart<Of, 'params'> &
  SentPart<Of, 'query'> &
  SentPart<Of, 'body'> &
  (Of extends { readonly bodyType: string } ? { readonly bytes: Uint8Array<ArrayBuffer> } : unknown);

/** A part that may be empty may be left out. */
type SentPart<Of, Part extends 'params' | 'query' | 'body'> =
  Of extends Readonly<Record<Part, infer Schema extends z.ZodType>>
    ? MaybeEmpty<z.input<Schema>> extends true
      ? { readonly [Name in Part]?: z.input<Schema> }
      : { readonly [Name in Part]: z.input<Schema> }
    : unknown;

type MaybeEmpty<Sent> = undefined extends Sent ? true : Record<never, never> extends Sent ? true : false;
