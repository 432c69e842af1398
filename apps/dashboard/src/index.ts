export { type BuiltPage, ensureBuilt } from './build/ensure-built.ts';
export { createDashboard, type DashboardOptions } from './server/create-dashboard.ts';
