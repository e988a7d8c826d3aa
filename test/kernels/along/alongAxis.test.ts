import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { putAlongAxis, takeAlongAxis } from '../../../src/index.ts';

afterAll(async () => {
  await tf.setBackend('cpu');
});

it('reads integers that were cast on cpu, where a cast leaves the data as they were', async () => {
  await tf.setBackend('cpu');
  const x = tf.tensor1d([3, 1, 2], 'int32').cast('float32');
  const indices = tf.tensor1d([false, true, true], 'bool').cast('int32');
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    expect(takeAlongAxis(x, indices)).toEqualTensor([3, 1, 1]);
    expect(putAlongAxis(x, indices, 2)).toEqualTensor([3, 3]);
  }
});

it('equals its loop in JavaScript, which runs where the wasm module does not', async () => {
  const shape = [3, 7, 5];
  const indexShape = [3, 9, 5];
  const results = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
    const values = tf.randomNormal(indexShape, 0, 1, 'float32', 2);
    const indices = tf.randomUniform(indexShape, 0, 7, 'int32', 3);
    results.push([
      takeAlongAxis(x, indices, 1).arraySync(),
      putAlongAxis(values, indices, 7, 1).arraySync(),
    ]);
  }
  expect(results[1]).toEqual(results[0]); // to the bit: both add in the same order
});
