import type { ComponentChildren } from 'preact';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly shown?: ComponentChildren }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** A row of buttons of which one is pressed. */
export function Choice<Value extends string>({ label, options, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === chosen}
          title={option.label}
          // Letters on the button are its name: what a reader says to a machine that listens.
          aria-label={typeof option.shown === 'string' ? undefined : option.label}
          onClick={() => onChoose(option.value)}
        >
          {option.shown ?? option.label}
        </button>
      ))}
    </div>
  );
}
