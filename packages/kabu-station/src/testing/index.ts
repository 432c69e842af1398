export { type SimulatedOutcome, simulateSession } from './simulated-session.ts';
