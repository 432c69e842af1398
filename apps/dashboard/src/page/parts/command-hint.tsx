import { useWatched } from '../api/resource.ts';
import { commandLine, pageFacts } from '../shell/command-name.ts';

/** Commands to type, as an empty state proposes them. */
export function CommandHint({ commands }: { readonly commands: readonly string[] }) {
  useWatched(pageFacts);
  return (
    <span class="commands">
      {commands.map((command) => (
        <code key={command}>{commandLine(command)}</code>
      ))}
    </span>
  );
}
