import { CommandHint } from './command-hint.tsx';

/** What stands where there is nothing yet, with the commands that change it. */
export function EmptyNote({
  message,
  commands = [],
}: {
  readonly message: string;
  readonly commands?: readonly string[];
}) {
  return (
    <div class="empty">
      <p>{message}</p>
      {commands.length === 0 ? null : <CommandHint commands={commands} />}
    </div>
  );
}
