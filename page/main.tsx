import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { render } from 'preact';
import { App } from './view/App.tsx';
import { syncAddress } from './view/syncAddress.ts';

const root = document.getElementById('app');
if (root) {
  syncAddress();
  render(<App />, root);
  performance.mark('shown');
}
