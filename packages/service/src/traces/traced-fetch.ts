import { context, propagation } from '@opentelemetry/api';

/** As `fetch`; who is called learns which request this process is at, and so continues its trace. */
export const tracedFetch: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  propagation.inject(context.active(), headers, { set: (carrier, name, value) => carrier.set(name, value) });
  return await fetch(input, { ...init, headers });
};
