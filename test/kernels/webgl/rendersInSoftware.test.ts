import { rendersInSoftware } from '../../../src/kernels/webgl/rendersInSoftware.ts';

const backend = (renderer: string, mayAsk = true) => ({
  gpgpu: {
    gl: {
      getExtension: (name: string) =>
        mayAsk && name === 'WEBGL_debug_renderer_info' ? { UNMASKED_RENDERER_WEBGL: 0x9246 } : null,
      getParameter: (name: number) => (name === 0x9246 ? renderer : null),
    },
  },
});

describe('rendersInSoftware', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', true],
    ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', true],
    ['ANGLE (NVIDIA Corporation, NVIDIA H100/PCIe/SSE2, OpenGL 4.5.0)', false],
    ['Apple GPU', false],
  ])('of %s is %p', (renderer, expected) => {
    expect(rendersInSoftware(backend(renderer))).toBe(expected);
  });

  it('is false where a browser does not say, and of a backend without a context', () => {
    expect(rendersInSoftware(backend('SwiftShader', false))).toBe(false);
    expect(rendersInSoftware({})).toBe(false);
  });
});
