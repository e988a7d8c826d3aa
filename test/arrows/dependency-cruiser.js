/** What each part of src may import, besides its own files. docs/architecture.md draws the arrows. */
const LAYERS = {
  index: { files: '^src/index[.]ts$', imports: ['verify', 'operations', 'gradients'] },
  layers: {
    files: '^src/layers/',
    imports: ['operations', 'args', 'gradients', 'kernels', 'util'],
  },
  verify: { files: '^src/verify/', imports: ['operations', 'args', 'gradients', 'util'] },
  operations: {
    files: '^src/(?!index[.])[^/]+$',
    imports: ['args', 'gradients', 'kernels', 'util'],
  },
  args: { files: '^src/args/', imports: ['util'] },
  gradients: { files: '^src/gradients/', imports: ['kernels', 'util'] },
  kernels: { files: '^src/kernels/(?!wasm/assembly/)', imports: ['util'] },
  util: { files: '^src/util/', imports: [] },
  assembly: { files: '^src/kernels/wasm/assembly/', imports: [] },
};

const layers = Object.entries(LAYERS).map(([name, { files, imports }]) => ({
  name: `${name} may import ${[name, ...imports].join(', ')}`,
  severity: 'error',
  from: { path: files },
  to: { path: '^src/', pathNot: [files, ...imports.map((layer) => LAYERS[layer].files)] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'only verify may import verify/differences',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/verify/' },
      to: { path: '^src/verify/differences/' },
    },
    {
      name: 'src may import no package but tfjs-core',
      severity: 'error',
      from: { path: '^src/', pathNot: LAYERS.layers.files },
      to: { pathNot: ['^src/', '^node_modules/@tensorflow/tfjs-core/'] },
    },
    {
      name: 'src/layers may import no package but tfjs-core and tfjs-layers',
      severity: 'error',
      from: { path: LAYERS.layers.files },
      to: { pathNot: ['^src/', '^node_modules/@tensorflow/tfjs-(core|layers)/'] },
    },
    {
      name: 'index must reach every file of src',
      severity: 'error',
      from: { path: '^src/index[.]ts$' },
      to: {
        path: '^src/',
        pathNot: [LAYERS.assembly.files, LAYERS.layers.files],
        reachable: false,
      },
    },
    {
      name: 'index of layers must reach every file of layers',
      severity: 'error',
      from: { path: '^src/layers/index[.]ts$' },
      to: { path: LAYERS.layers.files, reachable: false },
    },
    {
      name: 'page may import page, src, experiments and packages',
      severity: 'error',
      from: { path: '^page/' },
      to: { pathNot: ['^page/', '^src/', '^experiments/', '^node_modules/'] },
    },
    {
      name: 'of page only view, start and prerender may import view',
      severity: 'error',
      from: { path: '^page/(?!view/|start[.]|prerender[.])' },
      to: { path: '^page/view/' },
    },
    {
      name: 'only page, scripts and tests may import page',
      severity: 'error',
      from: { pathNot: '^(page|scripts|test)/' },
      to: { path: '^page/' },
    },
    {
      name: 'exact, which decides the verdict, may import no tensors: only itself and fraction.js',
      severity: 'error',
      from: { path: '^experiments/exact/' },
      to: { pathNot: ['^experiments/exact/', '^node_modules/fraction[.]js/'] },
    },
    {
      name: 'only tests may import tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every import must resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // imports of types count
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'default'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^experiments/bench/assembly/' },
  },
};
