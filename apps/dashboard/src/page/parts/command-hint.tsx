/** Commands to type, as an empty state proposes them. */
export function CommandHint({ commands }: { readonly commands: readonly string[] }) {
  return (
    <span class="commands">
      {commands.map((command) => (
        <code key={command}>{command}</code>
      ))}
    </span>
  );
}
