/**
 * Layers of tfjs-layers, a peer that only this entry point needs. Importing it makes tfjs find them in saved models,
 * and the optimizers.
 */
import { serialization } from '@tensorflow/tfjs-core';
import { SparseAdam } from '../SparseAdam.ts';
import { SparseSGD } from '../SparseSGD.ts';
import { KMaxPooling } from './KMaxPooling.ts';
import { TopkActivation } from './TopkActivation.ts';
import { TopkGate } from './TopkGate.ts';

export { KMaxPooling, type KMaxPoolingArgs } from './KMaxPooling.ts';
export { TopkActivation, type TopkActivationArgs } from './TopkActivation.ts';
export { TopkGate } from './TopkGate.ts';
export { type TopkGateArgs } from './gateArgs.ts';

// Here and not beside each class: a bundler drops a module whose exports are unused, unless it is an index.
serialization.registerClass(TopkActivation);
serialization.registerClass(KMaxPooling);
serialization.registerClass(TopkGate);
serialization.registerClass(SparseAdam);
serialization.registerClass(SparseSGD);
