import {
  add,
  cast,
  env,
  expandDims,
  gather,
  maximum,
  mul,
  neg,
  pad,
  range,
  reshape,
  scalar,
  split,
  squeeze,
  topk,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * The indices of the k largest keys of each row, float32 without NaN, by tfjs's kernel on the GPU. That sorts, so it
 * gets few keys: the maxima of groups of neighbours, and then the entries of k groups. An entry of any other group
 * comes after k others, the first largest of each of these.
 *
 * @param keys `[rows, n]`, on the device.
 */
export function largestByGroups(keys: Tensor, k: number): Tensor {
  const [rows, n] = keys.shape;
  const size = 2 ** Math.round(Math.log2(n / k) / 2); // about as many maxima as entries
  if (size < 4) return topkOnDevice(keys, k);
  const count = Math.ceil(n / size);
  const missing = count * size - n;
  const padded = missing === 0 ? keys : pad(keys, [[0, 0], [0, missing]], -Infinity); // prettier-ignore
  const groups = topkOnDevice(maxOfLast(reshape(padded, [rows, count, size])), k);
  // In ascending order, so that of equal entries the first keeps the lowest index.
  const ascending = gather(groups, topkOnDevice(neg(cast(groups, 'float32')), k), 1, 1);
  const first = mul(expandDims(ascending, 2), scalar(size, 'int32'));
  const indices = reshape(add(first, range(0, size, 1, 'int32')), [rows, k * size]);
  return gather(indices, topkOnDevice(gather(padded, indices, 1, 1), k), 1, 1);
}

/** By halves, since tf.max on webgl begins at −1e20, and is wrong below. The last axis is a power of 2. */
function maxOfLast(x: Tensor): Tensor {
  if (x.shape[2] === 1) return squeeze(x, [2]);
  const [left, right] = split(x, 2, 2);
  return maxOfLast(maximum(left, right));
}

const FLAG = 'TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD';

/** tf.topk's indices, on the GPU for short rows, too. */
function topkOnDevice(keys: Tensor, k: number): Tensor {
  const threshold = env().getNumber(FLAG);
  env().set(FLAG, 0);
  try {
    return topk(keys, k).indices;
  } finally {
    env().set(FLAG, threshold);
  }
}
