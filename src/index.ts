/** Importing this package gives tf.topk its gradient. The public functions, one to a line: */
import './gradients/register.ts';

export { topk, type TopkOptions } from './topk.ts';
export { selectionMatrix } from './selectionMatrix.ts';
export { compareGradients, type GradientDifference } from './verify/compareGradients.ts';
export { selectionMargin, type SelectionMargin } from './verify/selectionMargin.ts';
