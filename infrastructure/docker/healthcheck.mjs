// Asks the part that this container runs whether it lives; for HEALTHCHECK, which has no shell here.
import { readFileSync } from 'node:fs';

const offsets = { 'ml-service': 0, 'data-service': 1, 'scheduler-service': 2, worker: 3, dashboard: 80 };

const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0');
const part = words[words.indexOf('serve') + 1] ?? '';
// A command that ends by itself listens nowhere; while it runs it is well.
if (!words.includes('serve') || !(part in offsets)) process.exit(0);
const named = words.indexOf('--port') + 1;
const port = named > 0 ? words[named] : Number(process.env.DAYTRADE_PORT || 8000) + offsets[part];
const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
  signal: AbortSignal.timeout(2000),
}).catch((error) => error);
if (answer.ok !== true) {
  console.error(answer.status ?? answer.cause?.message ?? answer.message);
  process.exit(1);
}
