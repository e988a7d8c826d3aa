import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { renderToString } from 'preact-render-to-string';
import { App } from './view/App.tsx';

// The build runs this, and puts what it prints into the page: the state at the start, as markup.
console.log(renderToString(<App />));
