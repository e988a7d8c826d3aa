import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { UsageError } from '../cli/UsageError.ts';

export interface HumanModel {
  model: tf.GraphModel;
  /** Whether it has control flow, which tfjs runs asynchronously. */
  isDynamic: boolean;
}

/** Loads a graph model that the npm package @vladmandic/human ships. @throws UsageError if it is not installed. */
export function loadHumanModel(name: string): HumanModel {
  const path = join(humanFolder(), 'models', name);
  const json = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as tf.io.ModelJSON;
  const weights = Uint8Array.from(readFileSync(`${path}.bin`));
  const { node } = json.modelTopology as { node: { op: string }[] };
  const isDynamic = node.some(({ op }) => op === 'LoopCond');
  return { model: tf.loadGraphModelSync([json, weights.buffer]) as tf.GraphModel, isDynamic };
}

function humanFolder(): string {
  const name = '@vladmandic/human';
  try {
    const main = createRequire(__filename).resolve(name); // …/human/dist/human.node.js
    return join(main, '../..');
  } catch {
    throw new UsageError(`experiment:models needs ${name}: npm install --no-save ${name}`);
  }
}
