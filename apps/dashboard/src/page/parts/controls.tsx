import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type PageProblem, RequestProblem } from '../api/request.ts';
import type { Resource } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { ProblemNote } from './notes.tsx';

interface SymbolSelectProps {
  readonly all: readonly { readonly symbol: string; readonly name: string }[];
  readonly chosen: string;
  readonly onChoose: (symbol: string) => void;
}

/** Chooses a symbol. */
export function SymbolSelect({ all, chosen, onChoose }: SymbolSelectProps) {
  return (
    <select aria-label={text('view.symbol')} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
      {all.some(({ symbol }) => symbol === chosen) ? null : <option value={chosen}>{chosen}</option>}
      {all.map(({ symbol, name }) => (
        <option key={symbol} value={symbol}>
          {symbol} {companyLabel(name)}
        </option>
      ))}
    </select>
  );
}

/** The words of the dialog before an action. */
export interface Question {
  readonly title: string;
  readonly explanation: string;
  /** The name of the action, on its button. */
  readonly action: string;
}

/**
 * Makes an action of a request.
 *
 * @param send returns the message of its success, in the language at the time
 * @param changed are read again afterwards
 */
export function action<On>(
  question: (on: On) => Question,
  send: (on: On) => Promise<() => string>,
  changed: readonly Resource<unknown>[],
) {
  const asked = signal<On | undefined>(undefined);
  const outcome = signal<{ readonly done?: () => string; readonly problem?: PageProblem }>({});
  /** Opens the dialog, which carries the action out once it is confirmed. */
  const ask = (on: On) => {
    asked.value = on;
  };
  const carryOut = async (on: On) => {
    try {
      outcome.value = { done: await send(on) };
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      outcome.value = { problem: error.problem };
    }
    await Promise.all(changed.map((each) => each.refresh()));
  };
  return { ask, carryOut, question, asked, outcome };
}

/** The outcome of an action, and its dialog while it is open. */
export function ActionNotes<On>({ of }: { readonly of: ReturnType<typeof action<On>> }) {
  const { done, problem } = of.outcome.value;
  const asked = of.asked.value;
  return (
    <>
      <output class="outcome">{done?.()}</output>
      {problem === undefined ? null : <ProblemNote problem={problem} />}
      {asked === undefined ? null : (
        <ConfirmDialog
          {...of.question(asked)}
          onEnd={(confirmed) => {
            of.asked.value = undefined;
            if (confirmed) void of.carryOut(asked);
          }}
        />
      )}
    </>
  );
}

interface ConfirmDialogProps extends Question {
  readonly onEnd: (confirmed: boolean) => void;
}

/** Asks before an action that others notice. Escape and the first button cancel. */
function ConfirmDialog({ title, explanation, action: name, onEnd }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closed while it is still there, so that the focus returns to the button that asked.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onCancel={() => onEnd(false)}>
      <h2 id="dialog-title">{title}</h2>
      <p>{explanation}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => onEnd(false)}>
          {text('app.cancel')}
        </button>
        <button type="button" class="button primary" onClick={() => onEnd(true)}>
          {name}
        </button>
      </div>
    </dialog>
  );
}
