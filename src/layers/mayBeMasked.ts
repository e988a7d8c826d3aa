import { layers } from '@tensorflow/tfjs-layers';

/** Layers with a computeMask of their own that make no mask, but pass on what they get. */
const PASSING = new Set([
  ...['Add', 'Average', 'Bidirectional', 'Concatenate', 'Dot', 'GRU', 'KMaxPooling', 'LSTM'],
  ...['Maximum', 'Minimum', 'Multiply', 'RNN', 'SimpleRNN', 'TopkGate'],
]);

/**
 * Whether a layer before this one may make a mask. Where none does, tfjs passes the mask of another branch of the model
 * all the same. A layer that is called by itself gets the mask that it is given.
 */
export function mayBeMasked(layer: layers.Layer): boolean {
  const nodes = layer.inboundNodes;
  return nodes.length === 0 || nodes.some(({ inboundLayers }) => inboundLayers.some(passesMask));
}

function passesMask(layer: layers.Layer): boolean {
  if (!layer.supportsMasking) return false;
  const computesMask = layer.computeMask !== layers.Layer.prototype.computeMask;
  const makesMask = computesMask && !PASSING.has(layer.getClassName());
  return makesMask || layer.inboundNodes.some((node) => node.inboundLayers.some(passesMask));
}
