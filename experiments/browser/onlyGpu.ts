/** Flags that stop tfjs from computing small inputs on the CPU instead of the GPU. */
export const ONLY_GPU = {
  WEBGL_CPU_FORWARD: false,
  WEBGPU_CPU_FORWARD: false,
  TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD: 0,
  TOPK_K_CPU_HANDOFF_THRESHOLD: 1e9,
};
