import { render } from 'preact';
import { App } from './shell/app.tsx';
import { followKeyboard } from './shell/keyboard.ts';
import { followAddress } from './shell/route.ts';
import { followTheme } from './shell/theme.ts';

followTheme();
followAddress();
followKeyboard();
const place = document.getElementById('page');
if (place !== null) render(<App />, place);
