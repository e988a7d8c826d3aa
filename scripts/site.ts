// Builds out/site/: the interactive page, the documentation with the API reference, and the notebooks as pages. Nothing
// in it needs a network. With --serve [port] it also shows it on 127.0.0.1.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import katex from '@vscode/markdown-it-katex';
import sirv from 'sirv';
import { Application } from 'typedoc';
import { name } from '../package.json';
import { brokenLinks } from './brokenLinks.ts';
import { buildAndServe } from './buildAndServe.ts';
import { bundlePage } from './bundlePage.ts';

const ROOT = join(__dirname, '..');
const SITE = join(ROOT, 'out/site');
const NOTEBOOKS = ['seed', 'differentiability', 'jacobian', 'precision', 'rarity', 'backends'];

/** TypeDoc writes links as they are; these become relative ones to pages beside its own. */
const BESIDE = 'https://beside.invalid/';

void buildAndServe('site', async () => {
  const folder = `${SITE}.tmp`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeReference(join(folder, 'docs'));
  saveNotebooks(join(folder, 'notebooks'));
  const links =
    '<a href="docs/index.html">Documentation</a> · <a href="notebooks/seed.html">Notebooks</a>';
  writeFileSync(join(folder, 'index.html'), await bundlePage(links));

  const broken = brokenLinks(folder);
  if (broken.length > 0) throw new Error(`links to nothing:\n${broken.join('\n')}`);
  rmSync(SITE, { recursive: true, force: true });
  renameSync(folder, SITE); // so that it is there whole, or not at all
  console.log('out/site/index.html');
  return sirv(SITE, { dev: true });
});

/** README and docs as pages, and the reference from the docstrings. @throws if TypeDoc warns. */
async function writeReference(out: string): Promise<void> {
  const app = await Application.bootstrap({
    name,
    entryPoints: [join(ROOT, 'src/index.ts'), join(ROOT, 'src/layers/index.ts')],
    tsconfig: join(__dirname, 'tsconfig.build.json'),
    readme: join(ROOT, 'README.md'),
    projectDocuments: [join(ROOT, 'docs/*.md'), join(ROOT, 'CHANGELOG.md')],
    disableSources: true, // links to a repository whose address is not known here
    includeVersion: true,
    searchInDocuments: true,
    customCss: join(__dirname, 'reference.css'),
    excludePrivate: true,
    validation: { notExported: false },
    treatWarningsAsErrors: true,
    navigationLinks: {
      'Interactive page': `${BESIDE}index.html`,
      Notebooks: `${BESIDE}notebooks/seed.html`,
    },
    markdownItLoader: (parser: { use: (plugin: typeof katex, options: object) => void }) => {
      parser.use(katex, { throwOnError: true, output: 'mathml', strict: 'ignore' });
    },
  });
  const project = await app.convert();
  if (project) await app.generateDocs(project, out);
  if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error('TypeDoc has errors or warnings');
  }
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    const path = join(out, file);
    const up = `${relative(dirname(path), dirname(out))}/`;
    const page = readFileSync(path, 'utf8').replaceAll(BESIDE, up);
    writeFileSync(path, page.replaceAll('href="../"', 'href="../index.html"')); // for pages opened as files
  }
}

/** Runs the experiments, which save themselves as pages. */
function saveNotebooks(folder: string): void {
  for (const notebook of NOTEBOOKS) {
    const script = join(ROOT, 'experiments/run.ts');
    const words = [script, notebook, '--backend', notebook === 'backends' ? 'wasm,cpu' : 'cpu'];
    const { status, stderr } = spawnSync(
      process.execPath,
      [require.resolve('ts-node/dist/bin'), ...words, '--save', folder],
      { encoding: 'utf8' },
    );
    if (status !== 0)
      throw new Error(`${notebook} exited with status ${String(status)}: ${stderr}`);
  }
}
