import { createRequire } from 'node:module';

/** Loads Observable Plot when a chart is drawn, because loading it takes as long as a short run. */
export function loadPlot() {
  return createRequire(__filename)('@observablehq/plot') as typeof import('@observablehq/plot');
}
