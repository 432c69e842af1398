import { useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../i18n/language.ts';

interface ConfirmDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that others notice. Escape and the first button cancel. */
export function ConfirmDialog({ title, explanation, action, onConfirm, onCancel }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // While it is still there, so that the focus goes back to the button that asked.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onCancel={onCancel}>
      <h2 id="dialog-title">{title}</h2>
      <p>{explanation}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onCancel}>
          {text('app.cancel')}
        </button>
        <button type="button" class="button primary" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
