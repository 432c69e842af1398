export { BullMqQueue } from './bullmq-queue.ts';
export type { RedisAddress, RedisToken } from './redis-address.ts';
