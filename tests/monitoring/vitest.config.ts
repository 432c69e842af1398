import { suite } from '../suite.ts';

/** Rules and dashboards, with Prometheus' own tool. */
export default suite('monitoring', { testTimeout: 180_000, hookTimeout: 300_000 });
