import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type PageProblem, RequestProblem } from '../api/request.ts';
import type { Resource } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { findSymbol } from '../model/prediction-rows.ts';
import { turnWatched, watchList } from '../shell/watch-list.ts';
import { Icon } from './icon.tsx';
import { ProblemNote } from './notes.tsx';

interface SymbolSearchProps {
  readonly all: readonly { readonly symbol: string; readonly name: string }[];
  readonly onChoose: (symbol: string) => void;
}

/** Goes to a symbol by its code or name, typed or chosen from the list. */
export function SymbolSearch({ all, onChoose }: SymbolSearchProps) {
  const go = (input: HTMLInputElement) => {
    const match = findSymbol(all, input.value);
    if (match === undefined) {
      input.setCustomValidity(text('symbol.noBars', { code: input.value }));
      input.reportValidity();
      return;
    }
    input.value = '';
    // The keys of the page work again.
    input.blur();
    onChoose(match.symbol);
  };
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        go(event.currentTarget.elements.namedItem('symbol') as HTMLInputElement);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        name="symbol"
        list="symbol-list"
        autocomplete="off"
        aria-label={text('symbol.search')}
        placeholder={text('symbol.search')}
        aria-keyshortcuts="/"
        onInput={(event) => {
          event.currentTarget.setCustomValidity('');
          // One that was chosen from the list, not typed.
          if (!(event.inputType ?? '').match(/^(insert(Text|Composition)|delete)/)) go(event.currentTarget);
        }}
      />
      <datalist id="symbol-list">
        {all.map(({ symbol, name }) => (
          <option key={symbol} value={symbol}>
            {companyLabel(name)}
          </option>
        ))}
      </datalist>
    </form>
  );
}

/** Puts a symbol on the watch list of this browser, or takes it off. */
export function WatchButton({ symbol, name }: { readonly symbol: string; readonly name: string }) {
  return (
    <button
      type="button"
      class="star"
      aria-pressed={watchList.value.includes(symbol)}
      aria-label={text('watch.turn', { name: `${symbol} ${companyLabel(name)}` })}
      title={text('watch.list')}
      onClick={() => turnWatched(symbol)}
    >
      <Icon name="star" />
    </button>
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
 */
export function action<On>(
  question: (on: On) => Question,
  send: (on: On) => Promise<() => string>,
  changed: readonly Resource<unknown>[],
) {
  const request = signal<On | undefined>(undefined);
  const outcome = signal<{ readonly done?: () => string; readonly problem?: PageProblem }>({});
  /** Opens the dialog, which carries the action out once it is confirmed. */
  const ask = (on: On) => {
    request.value = on;
  };
  const carryOut = async (on: On) => {
    try {
      outcome.value = { done: await send(on) };
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      outcome.value = { problem: error.problem };
    }
    await Promise.all(changed.map((resource) => resource.refresh()));
  };
  return { ask, carryOut, question, asked: request, outcome };
}

/** The outcome of an action, and its dialog while it is open. */
export function ActionNotes<On>({ of }: { readonly of: ReturnType<typeof action<On>> }) {
  const { done, problem } = of.outcome.value;
  const request = of.asked.value;
  return (
    <>
      <output class="outcome">{done?.()}</output>
      {problem === undefined ? null : <ProblemNote problem={problem} />}
      {request === undefined ? null : (
        <ConfirmDialog
          {...of.question(request)}
          onEnd={(confirmed) => {
            of.asked.value = undefined;
            if (confirmed) void of.carryOut(request);
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
