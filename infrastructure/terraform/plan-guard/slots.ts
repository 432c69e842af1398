import type { PlannedChange } from './read-plan.ts';

/** A container group of Azure, by the key that the root gives it: slot, service and number. */
const slotted = /^azurerm_container_group\.\w+\["(?<slot>blue|green)\/(?<service>[\w-]+)\/\d+"\]$/;

/**
 * The addresses of container groups that a plan takes away although no slot would serve on. One slot may come, go or be
 * replaced while the other keeps a group of each of its services.
 */
export function lostSlots(changes: readonly PlannedChange[]): ReadonlySet<string> {
  const serving = new Map<string, Map<string, boolean>>();
  const lost = new Set<string>();
  for (const { address, actions } of changes) {
    const { slot, service } = slotted.exec(address)?.groups ?? {};
    if (slot === undefined || service === undefined) continue;
    // One that is only created serves nobody yet.
    if (actions.length === 1 && actions[0] === 'create') continue;
    const goes = actions.includes('delete');
    if (goes) lost.add(address);
    const services = serving.get(slot) ?? new Map<string, boolean>();
    serving.set(slot, services.set(service, services.get(service) === true || !goes));
  }
  const servesOn = [...serving.values()].some((services) => [...services.values()].every((kept) => kept));
  return servesOn ? new Set() : lost;
}
