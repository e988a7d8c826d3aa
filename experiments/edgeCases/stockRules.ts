import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs';

// Read before this package is imported, which puts its own rule in the place of tfjs's.
const stockGather = getGradient('GatherV2');

/** Calls f as if this package were not there: with tfjs's own rules only. */
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
