/** What is used here of the backend webgl and of its WebGL context. */
interface WebglBackend {
  gpgpu?: {
    gl: { getExtension: (name: string) => object | null; getParameter: (name: number) => unknown };
  };
}

const KNOWN = new WeakMap<object, boolean>();

/** Whether the processor itself does what the backend webgl asks of a GPU, as far as the browser says. */
export function rendersInSoftware(backend: object): boolean {
  const known = KNOWN.get(backend);
  if (known !== undefined) return known;
  const { gpgpu } = backend as WebglBackend;
  const names = gpgpu?.gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = names ? String(gpgpu?.gl.getParameter(UNMASKED_RENDERER)) : '';
  const isSoftware = /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
  KNOWN.set(backend, isSoftware);
  return isSoftware;
}

const UNMASKED_RENDERER = 0x9246;
