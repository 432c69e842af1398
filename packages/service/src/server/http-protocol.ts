import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import { beforeEachRequest } from './plain-hooks.ts';

/**
 * Refuses what the HTTP parser lets through: versions that nobody here speaks, HTTP/1.1 without Host, and expectations
 * other than 100-continue. Node.js would answer the last two itself, without a problem document.
 *
 * @throws DayTradeError `input.invalid`, `http.expectation-failed`
 */
export function addProtocolChecks(service: Service): void {
  service.server.on('checkExpectation', (request, response) => service.server.emit('request', request, response));
  beforeEachRequest(service, ({ raw: { httpVersion }, headers: { host, expect } }) => {
    if (httpVersion !== '1.1' && httpVersion !== '1.0') {
      throw new DayTradeError('input.invalid', `HTTP/${httpVersion}: expected HTTP/1.1 or HTTP/1.0`);
    }
    if (host === undefined && httpVersion === '1.1') {
      throw new DayTradeError('input.invalid', 'Host: expected the name of this server, but it is missing');
    }
    if (expect === undefined || expect.toLowerCase() === '100-continue') return;
    throw new DayTradeError('http.expectation-failed', `Expect: expected 100-continue, got ${JSON.stringify(expect)}`);
  });
}
