import * as tf from '@tensorflow/tfjs';
import { htmlTensor } from '../../../experiments/notebook/htmlTensor.ts';

/** The texts of each row, starting with the header, and the style of each entry. */
function table(x: tf.Tensor) {
  const html = htmlTensor(x) ?? '';
  const rows = Array.from(html.matchAll(/<tr>(.*?)<\/tr>/g), ([, row]) => row);
  const cells = rows.map((row) => Array.from(row.matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/g)));
  return {
    caption: /<caption>(.*)<\/caption>/.exec(html)?.[1],
    texts: cells.map((row) => row.map(([, , text]) => text)),
    styles: cells.slice(1).map((row) => row.slice(1).map(([, style]) => style)),
  };
}

describe('htmlTensor', () => {
  it('gives dtype and shape, and the entries as in the log, with their indices', () => {
    const { caption, texts } = table(tf.tensor2d([[1.5, 0], [-3, 0.25]])); // prettier-ignore
    expect(caption).toBe('float32 [2, 2]');
    expect(texts).toEqual([
      ['', '0', '1'],
      ['0', '1.5000', '0.0000'],
      ['1', '-3.0000', '0.2500'],
    ]);
    expect(table(tf.tensor1d([1, 2], 'int32')).texts).toEqual([['0', '1'], ['1', '2']]); // prettier-ignore
  });

  it('shades floats by sign and in proportion to the largest, and makes zeros faint', () => {
    const { styles } = table(tf.tensor2d([[2, 1], [-2, 0]])); // prettier-ignore
    expect(styles[0][0]).toContain('rgba(230, 97, 1, 0.600)');
    expect(styles[0][1]).toContain('rgba(230, 97, 1, 0.300)');
    expect(styles[1][0]).toContain('rgba(94, 60, 153, 0.600)');
    expect(styles[1][1]).toContain('opacity');
  });

  it('shades infinities fully, but neither NaN nor integers', () => {
    const { styles } = table(tf.tensor2d([[0, NaN, Infinity, 1]]));
    expect(styles[0][1]).toMatch(/bold"$/);
    expect(styles[0][2]).toContain('0.600');
    expect(styles[0][3]).toContain('rgba(230, 97, 1, 0.600)');
    expect(htmlTensor(tf.tensor1d([0, 5], 'int32'))).not.toMatch(/rgba|opacity/);
  });

  it('returns undefined for scalars, other ranks, empty and large tensors', () => {
    for (const shape of [[], [1, 1, 1], [0], [2, 0], [17], [65, 1]]) {
      expect(htmlTensor(tf.zeros(shape))).toBeUndefined();
    }
    expect(htmlTensor(tf.zeros([64, 16]))).toBeDefined();
  });
});
