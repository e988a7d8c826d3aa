import { anchorsOf } from './anchorsOf.ts';
import { linksOf } from './linksOf.ts';

it('anchorsOf names headings as GitHub does', () => {
  const page =
    '# Fast kernels for `tf.topk`\n\n## Σ v², _twice_?\n\n## Ties\n\n```\n# code\n```\n\n## Ties\n';
  expect(anchorsOf(page)).toEqual(['fast-kernels-for-tftopk', 'σ-v²-twice', 'ties', 'ties-1']);
});

it('linksOf finds links and images, and none in code', () => {
  const page =
    '[a](a.md#b) ![c](c.svg)\n\n| [d](d.md) |\n| --- |\n\n```\n[e](e.md)\n```\n\n`[f](f.md)`\n';
  expect(linksOf(page)).toEqual(['a.md#b', 'c.svg', 'd.md']);
});
