/** A file that is not what the guard reads; its message says what is wrong and what is expected. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** What a plan does to one object. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As Terraform writes them: `['delete', 'create']` is a replacement. */
  readonly actions: readonly string[];
  /** Why, in Terraform's word for it, such as `replace_because_cannot_update`. */
  readonly reason: string | undefined;
  /** The arguments that force a replacement, such as `identifier`. */
  readonly forcedBy: readonly string[];
}

/** What the guard reads of a plan. */
export interface Plan {
  /** Of managed resources. */
  readonly changes: readonly PlannedChange[];
  /** The value of the variable `active_slot`, on Azure: the slot that people reach after the plan. */
  readonly activeSlot: string | undefined;
}

/**
 * Reads the text of `terraform show -json PLAN`.
 * @throws UnreadableError when it is no such text, or the plan ended with an error
 */
export function readPlan(text: string, file: string): Plan {
  const plan = parse(text, file);
  if (!isRecord(plan) || !Array.isArray(plan.resource_changes) || typeof plan.format_version !== 'string') {
    throw new UnreadableError(`${file} is not a plan: expected what \`terraform show -json PLAN_FILE\` prints`);
  }
  if (!plan.format_version.startsWith('1.')) {
    throw new UnreadableError(`${file} has format ${plan.format_version}; known is 1.x`);
  }
  if (plan.errored === true) {
    throw new UnreadableError(`${file} is the plan of a run that failed: it cannot be applied and says not all`);
  }
  return {
    changes: plan.resource_changes.flatMap((change: unknown) => readChange(change, file)),
    activeSlot: readActiveSlot(plan.variables),
  };
}

function readActiveSlot(variables: unknown): string | undefined {
  const slot = isRecord(variables) && isRecord(variables.active_slot) ? variables.active_slot.value : undefined;
  return typeof slot === 'string' ? slot : undefined;
}

function readChange(item: unknown, file: string): PlannedChange[] {
  const change = isRecord(item) && isRecord(item.change) ? item.change : undefined;
  if (!isRecord(item) || change === undefined || !Array.isArray(change.actions)) {
    throw new UnreadableError(`${file} holds a resource change without actions`);
  }
  if (item.mode === 'data') return [];
  const paths = Array.isArray(change.replace_paths) ? change.replace_paths : [];
  return [
    {
      address: String(item.address),
      type: String(item.type),
      actions: change.actions.map(String),
      reason: typeof item.action_reason === 'string' ? item.action_reason : undefined,
      forcedBy: paths.map((path: unknown) => (Array.isArray(path) ? path.join('.') : String(path))),
    },
  ];
}

/** JSON of a file. @throws UnreadableError with the file's name */
export function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
