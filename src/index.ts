/** Importing this package gives tf.topk its gradient. The public functions: */
import './gradients/registerGradients.ts';

export { registerGradients } from './gradients/registerGradients.ts';
export { topk, type TopkOptions } from './topk.ts';
export type { TieGradient } from './gradients/topkRule.ts';
export { topkLinear, type TopkLinearOptions } from './topkLinear.ts';
export {
  rowSparseGrads,
  type RowSparseGradients,
  type RowSparseGradsOptions,
} from './rowSparseGrads.ts';
export { RowSparse, type RowSparseResult } from './RowSparse.ts';
export { SparseAdam } from './SparseAdam.ts';
export { SparseSGD } from './SparseSGD.ts';
export { type NamedGradient, type NamedGradients } from './RowwiseOptimizer.ts';
export { softTopk, type SoftKindName, type SoftTopkOptions } from './softTopk.ts';
export { straightThroughTopk } from './straightThroughTopk.ts';
export { gumbelTopk, type GumbelTopkOptions } from './gumbelTopk.ts';
export { topkActivation, type TopkActivationOptions } from './topkActivation.ts';
export { quantile, type Interpolation, type QuantileOptions } from './quantile.ts';
export { median } from './median.ts';
export { weightedRows } from './weightedRows.ts';
export { sort, type SortOptions } from './sort.ts';
export { takeAlongAxis } from './takeAlongAxis.ts';
export { putAlongAxis } from './putAlongAxis.ts';
export { installFastKernels } from './installFastKernels.ts';
export { selectionMatrix } from './selectionMatrix.ts';

export {
  checkGrads,
  type CheckGradsOptions,
  type Distance,
  type GradientEntry,
  type GradientReport,
} from './verify/checkGrads.ts';
export { jacobian } from './verify/jacobian.ts';
export { hessian } from './verify/hessian.ts';
export { compareGradients, type GradientDifference } from './verify/compareGradients.ts';
export { selectionMargin, type SelectionMargin } from './verify/selectionMargin.ts';
export { selectionRadius, type SelectionRadius } from './verify/selectionRadius.ts';
export { topkDirectionalDerivative } from './verify/topkDirectionalDerivative.ts';
export { topkSubdifferential, type TopkSubdifferential } from './verify/topkSubdifferential.ts';
export {
  topkLinearSubdifferential,
  type TopkLinearSubdifferential,
} from './verify/topkLinearSubdifferential.ts';
export { type Subdifferential } from './verify/subdifferential/Subdifferential.ts';
