export { type HostedParts, type HostOptions, hostService } from './host-service.ts';
