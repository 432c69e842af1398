import { grantedBy, type Route } from '@daytrade/contracts';

/** A route as fastify takes it, without its handler. */
export function routeOptions(route: Route) {
  const { method, path: url, params, query, body, bodyLimit, bodyType, kept, summary, description, tags } = route;
  return {
    method,
    url,
    schema: defined({ summary, description, tags, params, querystring: query, body, response: responseOf(route) }),
    config: defined({ bodyType, kept }),
    ...defined({ bodyLimit }),
  };
}

/** A file is described by its content types; what is in it no schema checks. */
function responseOf({ answers, answerTypes }: Route): Readonly<Record<number, unknown>> {
  if (answerTypes === undefined) return answers;
  const { status, schema } = grantedBy({ answers });
  const content = Object.fromEntries(answerTypes.map((type) => [type, { schema }]));
  return { [status]: { description: 'The file', content } };
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Fastify takes a field that is undefined for one that is there. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
