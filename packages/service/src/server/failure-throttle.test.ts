import { describe, expect, it } from 'vitest';
import { FailureThrottle } from './failure-throttle.ts';

function start() {
  let now = 1_000_000;
  const throttle = new FailureThrottle(() => now);
  const fail = (address: string, times: number) => {
    for (let time = 0; time < times; time += 1) throttle.failed(address);
  };
  const later = (ms: number) => {
    now += ms;
  };
  return { throttle, fail, later };
}

describe('an address with wrong tokens', () => {
  it('has ten at once, then one every five seconds', () => {
    const { throttle, fail, later } = start();
    fail('a', 9);
    expect(throttle.secondsToWait('a')).toBe(0);
    fail('a', 1);
    expect(throttle.secondsToWait('a')).toBe(5);
    later(4_900);
    expect(throttle.secondsToWait('a')).toBe(1);
    later(100);
    expect(throttle.secondsToWait('a')).toBe(0);
    fail('a', 1);
    expect(throttle.secondsToWait('a')).toBe(5);
    later(3_600_000);
    fail('a', 9);
    expect(throttle.secondsToWait('a')).toBe(0);
  });

  it('slows no other address, and many of them slow one another', () => {
    const { throttle, fail, later } = start();
    for (let address = 0; address < 250; address += 1) fail(`10.0.0.${address}`, 1);
    expect(throttle.secondsToWait('192.168.0.1')).toBe(0);
    expect(throttle.secondsToWait('10.0.0.1')).toBeGreaterThan(0);
    later(6_000);
    expect(throttle.secondsToWait('10.0.0.1')).toBe(0);
  });

  it('is forgotten in the end, so that the count stays bounded', () => {
    const { throttle, fail } = start();
    fail('a', 20);
    for (let address = 0; address < 10_000; address += 1) fail(String(address), 1);
    expect(throttle.secondsToWait('a')).toBe(0);
  });
});
