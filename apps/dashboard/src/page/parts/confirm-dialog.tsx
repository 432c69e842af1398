import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../i18n/language.ts';

interface ConfirmDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly action: string;
  /** What waits for the answer; empty once there is one. */
  readonly asked: Signal<unknown>;
  readonly onConfirm: () => void;
}

/** Asks before something that others notice. Escape and the first button cancel. */
export function ConfirmDialog({ title, explanation, action, asked, onConfirm }: ConfirmDialogProps) {
  const end = () => {
    asked.value = undefined;
  };
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // While it is still there, so that the focus goes back to the button that asked.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onCancel={end}>
      <h2 id="dialog-title">{title}</h2>
      <p>{explanation}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={end}>
          {text('app.cancel')}
        </button>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            end();
            onConfirm();
          }}
        >
          {action}
        </button>
      </div>
    </dialog>
  );
}
