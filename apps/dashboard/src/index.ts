export { ensureBuilt } from './build/ensure-built.ts';
export { createDashboard } from './server/create-dashboard.ts';
