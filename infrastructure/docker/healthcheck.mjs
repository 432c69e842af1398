// Asks the part that this container runs whether it lives; for HEALTHCHECK, which has no shell here.
import { readFileSync } from 'node:fs';

const ports = {
  'ml-service': ['DAYTRADE_ML_PORT', 0],
  'data-service': ['DAYTRADE_DATA_PORT', 1],
  'scheduler-service': ['DAYTRADE_SCHEDULER_PORT', 2],
  worker: ['DAYTRADE_WORKER_PORT', 3],
  dashboard: ['DAYTRADE_DASHBOARD_PORT', 80],
};

const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0');
const part = words[words.indexOf('serve') + 1] ?? '';
// A command that ends by itself listens nowhere; while it runs it is well.
if (!words.includes('serve') || !(part in ports)) process.exit(0);
const [setting, offset] = ports[part];
const port = process.env[setting] || Number(process.env.DAYTRADE_PORT || 8000) + offset;
const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
  signal: AbortSignal.timeout(2000),
}).catch((error) => error);
if (answer.ok !== true) {
  console.error(answer.status ?? answer.cause?.message ?? answer.message);
  process.exit(1);
}
