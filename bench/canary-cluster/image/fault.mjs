// Stands between a version of ml-service and its callers, in the process: what a bad version would answer. It is loaded
// before the program by NODE_OPTIONS of an image that only this bench makes; CANARY_FAULT names the fault. Answers of
// every such version carry `x-canary`, by which a reader knows who answered, and those that it made up `x-fault`.
import { Server, ServerResponse } from 'node:http';

const fault = process.env.CANARY_FAULT;
const emit = Reflect.get(Server.prototype, 'emit');
const [end, write, writeHead] = ['end', 'write', 'writeHead'].map((name) =>
  Reflect.get(ServerResponse.prototype, name),
);
const heads = new WeakMap();

/** An interval of the same middle, moved by standard deviations of a normal forecast of 93 %, and of another width. */
function changed({ lower, upper, ...rest }, { sigmas = 0, width = 1 }) {
  const half = Math.log(upper / lower) / 2;
  const middle = Math.log(lower * upper) / 2 + (sigmas * half) / 1.8119;
  return { ...rest, lower: Math.exp(middle - half * width), upper: Math.exp(middle + half * width) };
}

/** The weekday before a date. */
function dayBefore(date) {
  const day = new Date(`${date}T00:00:00Z`);
  do day.setUTCDate(day.getUTCDate() - 1);
  while (day.getUTCDay() % 6 === 0);
  return day.toISOString().slice(0, 10);
}

const predictions = {
  shifted: (prediction) => changed(prediction, { sigmas: 2 }),
  narrow: (prediction) => changed(prediction, { width: 0.6 }),
  stale: (prediction) => ({ ...prediction, lastSession: dayBefore(prediction.lastSession) }),
};

/** What is answered in the place of a head and a body. */
function answered(url, { status, headers }, body) {
  if (fault === 'errors' && Math.random() < 0.05) {
    return { status: 500, headers: { 'content-type': 'application/json', 'x-fault': '1' }, body: '{}' };
  }
  const change = predictions[fault];
  if (change === undefined || status !== 200 || !url.startsWith('/v1/predictions') || body === undefined) {
    return { status, headers, body };
  }
  const answer = JSON.parse(String(body));
  if (!Array.isArray(answer.predictions)) return { status, headers, body };
  return { status, headers, body: JSON.stringify({ ...answer, predictions: answer.predictions.map(change) }) };
}

// What is packed could not be changed.
Server.prototype.emit = function (event, ...args) {
  if (event === 'request') delete args[0].headers['accept-encoding'];
  return emit.call(this, event, ...args);
};

ServerResponse.prototype.writeHead = function (status, ...more) {
  const headers = more.at(-1);
  heads.set(this, { status, headers: typeof headers === 'object' ? { ...headers } : {} });
  this.statusCode = status;
  return this;
};

/** Sends a head as it was given: an answer in pieces is none that a fault changes. */
ServerResponse.prototype.write = function (...args) {
  const head = heads.get(this);
  heads.delete(this);
  if (head !== undefined) writeHead.call(this, head.status, head.headers);
  else if (!this.headersSent) writeHead.call(this, this.statusCode);
  return write.apply(this, args);
};

ServerResponse.prototype.end = function (...args) {
  if (this.headersSent) return end.apply(this, args);
  const head = heads.get(this) ?? { status: this.statusCode, headers: {} };
  heads.delete(this);
  const given = typeof args[0] === 'function' ? undefined : (args[0] ?? undefined);
  const { url = '' } = this.req;
  const isApi = url.startsWith('/v1/');
  const { status, headers, body } = isApi ? answered(url, head, given) : { ...head, body: given };
  const finish = () => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const mark = isApi ? { 'x-canary': '1' } : {};
    writeHead.call(this, status, { ...headers, ...length, ...mark });
    end.call(this, body);
  };
  if (isApi && fault === 'slow') setTimeout(finish, 300);
  else finish();
  return this;
};
