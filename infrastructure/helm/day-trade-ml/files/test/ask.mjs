// Run by `helm test`: each service is ready, answers requests with the token, and refuses those without it; alerts
// have a receiver.
const services = {
  'ml-service:8000': '/v1/models',
  'data-service:8001': '/v1/symbols',
  'scheduler-service:8002': '/v1/jobs',
  'dashboard:8080': '/',
};
const headers = { authorization: `Bearer ${process.env.DAYTRADE_TOKEN}` };
let failed = 0;

async function expectStatus(url, expected, options = {}) {
  const outcome = await fetch(url, { ...options, signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.status,
    (error) => String(error.cause ?? error),
  );
  const good = expected.includes(outcome);
  if (!good) failed += 1;
  console.log(`${good ? 'ok    ' : 'FAILED'} GET ${url} ${options.headers ? 'with' : 'without'} the token: ${outcome}`);
}

for (const [address, path] of Object.entries(services)) {
  await expectStatus(`http://${address}/readyz`, [200]);
  await expectStatus(`http://${address}${path}`, [200], { headers });
  if (path !== '/') await expectStatus(`http://${address}${path}`, [401]);
}
if (process.env.ALERT_SECRET) {
  const address = 'http://alertmanager:9093/api/v2/receivers';
  const outcome = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    .then((response) => response.json())
    .then((receivers) => receivers.map(({ name }) => name).join(', '))
    .catch((error) => String(error.cause ?? error));
  if (outcome === 'nobody' || /error/i.test(outcome)) {
    failed += 1;
    console.log(`FAILED GET ${address}: ${outcome}. Alerts reach nobody: make the Secret ${process.env.ALERT_SECRET}`);
    console.log('       with alertmanager.yml, then restart statefulset/alertmanager');
  } else console.log(`ok     GET ${address}: ${outcome}`);
}
process.exit(failed === 0 ? 0 : 1);
