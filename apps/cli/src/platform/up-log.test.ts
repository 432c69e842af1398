import { createLogger } from '@daytrade/service';
import { describe, expect, it } from 'vitest';
import { readableLog } from './up.ts';

describe('readableLog', () => {
  it('turns log lines into words on lines of their own', () => {
    const lines: string[] = [];
    const stream = { write: (text: string) => lines.push(text) > 0 };
    const logger = createLogger({ level: 'warn', destination: readableLog(stream) });
    logger.info('nobody asked');
    logger.child({ service: 'ml-service' }).warn('the disk is nearly full');
    logger.error({ err: new Error('no space left') }, 'a run could not be recorded');
    expect(
      lines
        .join('')
        .replaceAll('\r\u001b[2K', '')
        .replaceAll(/^\d\d:\d\d:\d\d /gm, ''),
    ).toBe(
      'warning ml-service: the disk is nearly full\nerror daytrade: a run could not be recorded (no space left)\n',
    );
  });
});
