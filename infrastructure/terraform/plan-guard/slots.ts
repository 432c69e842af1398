import type { PlannedChange } from './read-plan.ts';

/** A container group of Azure, by the key that the root gives it: slot, service and number. */
const slotted = /^azurerm_container_group\.\w+\["(?<slot>blue|green)\/(?<service>[\w-]+)\/\d+"\]$/;

/**
 * The addresses of container groups that a plan takes away although no slot would serve on: the one that people reach
 * after it must keep a group of each of its services. The other one may come, go or be replaced.
 *
 * @param active the slot that people reach after the plan; undefined where it says none, then either may serve on
 */
export function lostSlots(changes: readonly PlannedChange[], active: string | undefined): ReadonlySet<string> {
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
  const servesOn = [...serving].some(
    ([slot, services]) => (active === undefined || slot === active) && [...services.values()].every((kept) => kept),
  );
  return servesOn ? new Set() : lost;
}
