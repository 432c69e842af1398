// The one entry of every npm script: `node scripts/run.mjs <script> [arguments]`.
// It refuses a Node.js that is too old, in syntax that one reads: what it imports needs a newer one.
const oldestMajor = 20;
if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(`day-trade needs Node.js ${oldestMajor} or newer; this is ${process.versions.node}`);
  process.exit(5);
}
void import('./run-script.mjs');
