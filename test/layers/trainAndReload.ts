import * as tf from '@tensorflow/tfjs';
import { KMaxPooling, TopkActivation, TopkGate } from '../../src/layers/index.ts';

/** A model of every layer of this package: sequences `[6, 4]` to two classes, through a gate for four experts. */
function createModel(): tf.LayersModel {
  const input = tf.input({ shape: [6, 4] });
  const masked = tf.layers.masking().apply(input);
  const features = new TopkActivation({ k: 2 }).apply(masked);
  const pooled = new KMaxPooling({ k: 3 }).apply(features);
  const flat = tf.layers.flatten().apply(pooled) as tf.SymbolicTensor;
  const dense = (units: number, seed: number) =>
    tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotNormal({ seed }) });
  const gate = new TopkGate({ k: 2, noise: 0.1, seed: 1, balance: 'switch' });
  const gates = gate.apply([dense(4, 1), dense(4, 2)].map((layer) => layer.apply(flat) as tf.SymbolicTensor)); // prettier-ignore
  const experts = dense(4, 3).apply(flat) as tf.SymbolicTensor;
  const mixed = tf.layers.multiply().apply([gates as tf.SymbolicTensor, experts]);
  const outputs = dense(1, 4).apply(mixed) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs });
}

/**
 * Trains the model on the backend in use to tell sequences apart by their largest entry, saves it, and loads it again.
 *
 * @param target where it is saved, as for `model.save`; in memory if there is none.
 * @returns the loss of each epoch, and the largest difference between what it and the loaded one predict.
 */
export async function trainAndReload(
  target?: string,
): Promise<{ losses: number[]; difference: number; leaked: number }> {
  const before = tf.memory().numTensors;
  const xs = tf.randomNormal<tf.Rank.R3>([64, 6, 4], 0, 1, 'float32', 5);
  const ys = tf.tidy(() => xs.max([1, 2]).sub(1.5).reshape([64, 1]));
  const model = createModel();
  const optimizer = tf.train.adam(0.02);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const { history } = await model.fit(xs, ys, { epochs: 12, batchSize: 16, shuffle: false });

  const loaded = await saveAndLoad(model, target);
  const [predicted, again] = [model, loaded].map((each) => each.predict(xs) as tf.Tensor);
  const difference = tf.tidy(() => predicted.sub(again).abs().max());
  const [found] = await difference.data();
  tf.dispose([xs, ys, predicted, again, difference]);
  for (const each of [model, loaded, optimizer]) each.dispose();
  const leaked = tf.memory().numTensors - before;
  return { losses: history.loss as number[], difference: found, leaked };
}

async function saveAndLoad(model: tf.LayersModel, target?: string): Promise<tf.LayersModel> {
  if (target !== undefined) {
    await model.save(target);
    return tf.loadLayersModel(target);
  }
  const saved: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler((artifacts) => {
    saved.push(artifacts);
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
    });
  });
  await model.save(handler);
  // As a file would hold it.
  const text = JSON.stringify(saved[0].modelTopology);
  return tf.loadLayersModel(tf.io.fromMemory({ ...saved[0], modelTopology: JSON.parse(text) as object })); // prettier-ignore
}
