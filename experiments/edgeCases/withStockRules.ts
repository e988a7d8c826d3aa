import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs';

// Read before src/ is imported, because src/ replaces this rule.
const stockGather = getGradient('GatherV2');

/** Calls f with the gradient rules of stock tfjs only, as if this package had not been imported. */
export function withStockRules<T>(f: () => T): T {
  const ours = ['TopK', 'GatherNd', 'ScatterNd', 'GatherV2'].map(getGradient);
  for (const { kernelName } of ours) unregisterGradient(kernelName);
  registerGradient(stockGather);
  try {
    return f();
  } finally {
    ours.forEach(registerGradient);
  }
}
