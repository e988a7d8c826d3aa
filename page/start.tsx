import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { hydrate, render } from 'preact';
import { App } from './view/App.tsx';
import { leaveOut } from './view/leaveOut.ts';
import { keepSettled } from './view/settled.ts';
import { syncAddress } from './view/syncAddress.ts';

/** Makes the markup answer to input; where the address holds a state, it is rendered in place of the markup. */
export function start(): void {
  const root = document.getElementById('app');
  if (!root) return;
  syncAddress();
  keepSettled();
  if (document.body.hidden) {
    root.replaceChildren();
    render(<App />, root);
    document.body.hidden = false;
  } else {
    hydrate(<App />, root);
  }
  root.removeAttribute('aria-busy');
  performance.mark('shown');
  leaveOut();
  document.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('a[href^="#"]')) leaveOut();
  });
}
