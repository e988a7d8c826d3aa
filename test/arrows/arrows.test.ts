import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A small package whose imports follow the arrows: each file with those that it imports. */
const CLEAN: Record<string, string[]> = {
  'src/index.ts': ['./verify/check.ts', './topk.ts', './gradients/topkRule.ts'],
  'src/verify/check.ts': ['../topk.ts', '../args/checkK.ts', './differences/step.ts'],
  'src/verify/differences/step.ts': ['../../util/format.ts'],
  'src/topk.ts': ['./args/checkK.ts', './gradients/topkRule.ts', './kernels/topk/TopK.ts'],
  'src/args/checkK.ts': ['../util/format.ts'],
  'src/gradients/topkRule.ts': ['../kernels/topk/TopK.ts', '@tensorflow/tfjs-core'],
  'src/kernels/topk/TopK.ts': ['../runKernel.ts'],
  'src/kernels/runKernel.ts': ['../util/format.ts'],
  'src/kernels/wasm/assembly/selection.ts': ['./order'],
  'src/kernels/wasm/assembly/order.ts': [],
  'src/util/format.ts': [],
  'src/layers/index.ts': ['./Layer.ts'],
  'src/layers/Layer.ts': ['../topk.ts', '../args/checkK.ts', '@tensorflow/tfjs-layers'],
  'node_modules/@tensorflow/tfjs-layers/index.js': [],
  'node_modules/@tensorflow/tfjs-core/index.js': [],
  'experiments/seed.ts': ['../src/index.ts'],
  'page/start.tsx': ['./view/App.tsx'],
  'page/view/App.tsx': ['../state/read.ts', '../../src/index.ts'],
  'page/state/read.ts': ['../../experiments/seed.ts'],
  'test/topk.test.ts': ['../src/topk.ts', '../experiments/seed.ts'],
};

/** Files that are added to it, each with an import against a rule. */
const PLANTED: [file: string, imported: string, rule: string][] = [
  ['src/util/bad.ts', '../kernels/runKernel.ts', 'util may import util'],
  ['src/kernels/bad.ts', '../args/checkK.ts', 'kernels may import kernels, util'],
  ['src/kernels/topk/worse.ts', '../../gradients/topkRule.ts', 'kernels may import kernels, util'],
  ['src/kernels/wasm/bad.ts', './assembly/order.ts', 'kernels may import kernels, util'],
  ['src/kernels/wasm/assembly/bad.ts', '../../runKernel', 'assembly may import assembly'],
  ['src/gradients/bad.ts', '../args/checkK.ts', 'gradients may import gradients, kernels, util'],
  ['src/args/bad.ts', '../kernels/runKernel.ts', 'args may import args, util'],
  [
    'src/bad.ts',
    './verify/check.ts',
    'operations may import operations, args, gradients, kernels, util',
  ],
  ['src/bad2.ts', './index.ts', 'operations may import operations, args, gradients, kernels, util'],
  [
    'src/verify/bad.ts',
    '../kernels/runKernel.ts',
    'verify may import verify, operations, args, gradients, util',
  ],
  ['src/bad3.ts', './verify/differences/step.ts', 'only verify may import verify/differences'],
  [
    'src/layers/bad.ts',
    '../verify/check.ts',
    'layers may import layers, operations, args, gradients, kernels, util',
  ],
  [
    'src/layers/bad2.ts',
    'node:fs',
    'src/layers may import no package but tfjs-core and tfjs-layers',
  ],
  ['src/bad8.ts', '@tensorflow/tfjs-layers', 'src may import no package but tfjs-core'],
  [
    'src/bad9.ts',
    './layers/Layer.ts',
    'operations may import operations, args, gradients, kernels, util',
  ],
  ['src/bad4.ts', '@tensorflow/tfjs', 'src may import no package but tfjs-core'],
  ['src/bad5.ts', 'node:fs', 'src may import no package but tfjs-core'],
  ['src/bad6.ts', '../experiments/seed.ts', 'src may import no package but tfjs-core'],
  ['experiments/bad.ts', '../test/topk.test.ts', 'only tests may import tests'],
  [
    'page/state/bad.ts',
    '../view/App.tsx',
    'of page only view, start and prerender may import view',
  ],
  ['experiments/bad3.ts', '../page/state/read.ts', 'only page, scripts and tests may import page'],
  ['page/bad.ts', 'node:fs', 'page may import page, src, experiments and packages'],
  [
    'experiments/exact/bad.ts',
    '@tensorflow/tfjs-core',
    'exact, which decides the verdict, may import no tensors: only itself and fraction.js',
  ],
  [
    'experiments/exact/bad2.ts',
    '../seed.ts',
    'exact, which decides the verdict, may import no tensors: only itself and fraction.js',
  ],
  ['experiments/bad2.ts', './missing.ts', 'every import must resolve'],
  ['src/bad7.ts', './bad7a.ts', 'no circles'],
  ['src/bad7a.ts', './bad7.ts', 'no circles'],
];

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
  /** The files of a circle. */
  cycle?: { name: string }[];
}

describe('the rule for imports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'topk-arrows-'));
  let violations: Violation[];

  beforeAll(() => {
    cpSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    const planted = PLANTED.map(([file, imported]) => [file, [imported]] as const);
    for (const [file, imports] of [...Object.entries(CLEAN), ...planted]) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, imports.map((name) => `import '${name}';\n`).join(''));
    }
    const cruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(__dirname, 'dependency-cruiser.js');
    const { stdout } = spawnSync(
      process.execPath,
      [cruise, '--config', config, '--output-type', 'json', 'src', 'experiments', 'page', 'test'],
      { cwd: folder, encoding: 'utf8' },
    );
    violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary
      .violations;
  }, 30_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(PLANTED)('refuses that %s imports %s: %s', (file, _, rule) => {
    const broken = violations.filter(({ from, cycle = [] }) =>
      [from, ...cycle.map(({ name }) => name)].includes(file),
    );
    expect(broken.map(({ rule }) => rule.name)).toContain(rule);
  });

  it('allows imports along the arrows', () => {
    const files = Object.keys(CLEAN);
    expect(violations.filter(({ from }) => files.includes(from))).toEqual([]);
  });

  it('sees a file of src that index does not reach', () => {
    const unused = violations.filter(
      ({ rule }) => rule.name === 'index must reach every file of src',
    );
    expect(unused.map(({ to }) => to)).toContain('src/bad.ts');
    expect(unused.map(({ to }) => to)).not.toContain('src/topk.ts');
    const unusedLayers = violations.filter(
      ({ rule }) => rule.name === 'index of layers must reach every file of layers',
    );
    expect(unusedLayers.map(({ to }) => to)).toContain('src/layers/bad.ts');
    expect(unusedLayers.map(({ to }) => to)).not.toContain('src/layers/Layer.ts');
  });
});
