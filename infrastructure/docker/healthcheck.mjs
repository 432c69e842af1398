// Asks the part that this container runs whether it lives; for HEALTHCHECK, which has no shell here.
import { readFileSync } from 'node:fs';

const ports = {
  'ml-service': ['DAYTRADE_ML_PORT', 8000],
  'data-service': ['DAYTRADE_DATA_PORT', 8001],
  'scheduler-service': ['DAYTRADE_SCHEDULER_PORT', 8002],
  worker: ['DAYTRADE_WORKER_PORT', 8003],
  dashboard: ['DAYTRADE_DASHBOARD_PORT', 8080],
};

const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0');
const part = words[words.indexOf('serve') + 1] ?? '';
// A command that ends by itself listens nowhere; while it runs it is well.
if (!words.includes('serve') || !(part in ports)) process.exit(0);
const [setting, usual] = ports[part];
const answer = await fetch(`http://127.0.0.1:${process.env[setting] ?? usual}/healthz`, {
  signal: AbortSignal.timeout(2000),
}).catch((error) => error);
if (answer.ok !== true) {
  console.error(answer.status ?? answer.cause?.message ?? answer.message);
  process.exit(1);
}
