import { useState } from 'preact/hooks';
import { rememberToken } from '../api/request.ts';
import { text } from '../i18n/language.ts';

/** Asks for the token of a server that has one. */
export function TokenForm() {
  const [value, setValue] = useState('');
  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        rememberToken(value.trim());
        location.reload();
      }}
    >
      <label>
        <strong>{text('app.token')}</strong>
        <input
          type="password"
          autocomplete="current-password"
          required
          value={value}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">{text('app.token.hint')}</p>
      <button type="submit" class="button primary">
        {text('app.token.submit')}
      </button>
    </form>
  );
}
