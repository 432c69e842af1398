import { suite } from '../suite.ts';

/** What forecasts must hold on bars whose truth is known, and on real ones: whole evaluations, a minute each. */
export default suite('forecasts', { testTimeout: 420_000, hookTimeout: 420_000 });
