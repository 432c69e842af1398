export { type HttpReceiver, startHttpReceiver } from './receivers.ts';
