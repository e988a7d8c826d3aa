import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { toJson } from '../../page/state/toJson.ts';
import { spawnScript } from '../experiments/spawnScript.ts';
import { problems } from '../page/generator.ts';
import { describePage } from './describePage.ts';

/** Waits until a text contains another: the page follows a change at the next frame. */
async function eventually(read: () => Promise<string>, part: string): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await read()).includes(part)) {
    if (Date.now() > end) throw new Error(`${await read()} does not contain ${part}`);
  }
}

/** The number that is shown: '≈ 0' stands for what float32 loses beside the largest one on the same scale. */
const numberOf = (text: string) => (text === '≈ 0' ? 0 : Number(text.replaceAll('−', '-')));

/** By how much a text with four decimals, or so few before an exponent, may differ from its number. */
function roundingOf(text: string, scale = 0): number {
  if (text === '≈ 0') return scale * 2 ** -24;
  const [mantissa, exponent = '0'] = text.replaceAll('−', '-').split('e');
  const decimals = mantissa.split('.').at(1)?.length ?? 4;
  return 0.5 * 10 ** (Number(exponent) - (decimals || 4));
}

describePage('the page, in Chromium from file://,', (it_) => {
  beforeEach(() => it_.open());

  const cell = (label: string) => it_.page.getByRole('spinbutton', { name: label, exact: true });
  const verdict = () => it_.page.locator('.verdict .answer').innerText();
  const hash = () => it_.page.evaluate<string>('location.hash');
  const certificate = () => it_.page.locator('.verdict li').allTextContents();
  const mapTexts = async (title: string) => {
    const map = it_.page.getByRole('grid', { name: `dL/dW ${title}` });
    const [rows, texts] = [
      await map.locator('tr').count(),
      await map.locator('td').allTextContents(),
    ];
    const d = texts.length / rows;
    return Array.from({ length: rows }, (_, i) => texts.slice(i * d, (i + 1) * d));
  };

  it('answers for the thread’s numbers', async () => {
    expect(await verdict()).toContain('Differentiable, because the margin is positive, 0.2708908');
    expect((await mapTexts('by topk'))[0]).toEqual([
      '0.4442',
      '1.7611',
      '1.8634',
      '1.5103',
      '1.5297',
      '0.1646',
    ]);
  });

  it('changes a number that is dragged, ten times as fast with shift', async () => {
    const box = await cell('W, row 1, column 0').boundingBox();
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10];
    const { mouse, keyboard } = it_.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + 30, y, { steps: 5 });
    expect(await cell('W, row 1, column 0').inputValue()).toBe('0.8523');
    await keyboard.down('Shift');
    await mouse.move(x + 33, y);
    await keyboard.up('Shift');
    await mouse.up();
    expect(await cell('W, row 1, column 0').inputValue()).toBe('1.8523');
  });

  it('ends a drag wherever the pointer is released, and undoes one that the browser takes over to scroll', async () => {
    const entry = cell('W, row 1, column 0');
    const before = await entry.inputValue();
    const box = await entry.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10];
    const { mouse } = it_.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + 2, y + 60, { steps: 4 });
    await mouse.up();
    await mouse.move(x, y);
    await mouse.move(x + 30, y, { steps: 4 });
    expect(await entry.inputValue()).toBe(before);
    await mouse.down();
    await mouse.move(x + 60, y, { steps: 4 });
    await eventually(() => entry.inputValue(), '0.8523');
    await entry.dispatchEvent('pointercancel');
    await eventually(() => entry.inputValue(), before);
    await mouse.up();
    expect(
      await it_.page.evaluate("document.documentElement.className.includes('scrubbing')"),
    ).toBe(false);
  });

  it('steps a number with the arrow keys, and takes typed ones as they are typed', async () => {
    const x0 = cell('x, entry 0');
    await x0.press('ArrowUp');
    await x0.press('Shift+ArrowDown');
    expect(await x0.inputValue()).toBe('0.0611');
    await x0.fill('');
    await x0.pressSequentially('0.50');
    expect(await x0.inputValue()).toBe('0.50');
    expect(await it_.page.locator('.wrong').count()).toBe(0);
  });

  it.each([
    ['abc', 'must be a decimal number, got "abc"'],
    ['', 'must be a decimal number, but is empty'],
    ['1e39', 'must be within ±3.4e38'],
    ['NaN', 'must be a decimal number, got "NaN"'],
  ])('says in the cell what is wrong with %j, and keeps the rest', async (text, message) => {
    const before = await verdict();
    const next = await cell('W, row 0, column 1').inputValue();
    const entry = cell('W, row 0, column 0');
    await entry.fill(text);
    expect(await it_.page.locator('.wrong').innerText()).toContain(message);
    expect(await it_.page.locator('.wrong').count()).toBe(1);
    expect(await entry.getAttribute('aria-invalid')).toBe('true');
    expect(await verdict()).toBe(before);
    expect(await cell('W, row 0, column 1').inputValue()).toBe(next);
    await entry.press('Escape');
    expect(await entry.inputValue()).toBe('0.2541');
  });

  it('shows each preset, and keeps the state in the address', async () => {
    for (const { sentence, problem } of PRESETS) {
      await it_.page.getByRole('button', { name: sentence }).click();
      const [{ W, x }, last] = [problem, problem.W.length - 1];
      expect(await cell(`W, row ${String(last)}, column 0`).inputValue()).toBe(W[last][0]);
      expect(await cell('x, entry 0').inputValue()).toBe(x[0]);
      await eventually(hash, `x=${x.join(',')}`);
      expect(await it_.page.locator('.notice').innerText()).toBe('');
    }
  });

  it('keeps a number and the address when it is loaded again', async () => {
    await cell('W, row 0, column 0').fill('0.75');
    await eventually(hash, 'W=0.75,');
    const saved = await hash();
    await it_.page.reload();
    expect(await cell('W, row 0, column 0').inputValue()).toBe('0.75');
    expect(await hash()).toBe(saved);
  });

  it('says what is wrong with a broken address, and keeps what it had', async () => {
    await it_.open('#W=1,a&x=1,1&k=1');
    const notice = () => it_.page.locator('.notice').innerText();
    expect(await notice()).toContain('W[0][1] must be a decimal');
    expect(await notice()).toContain('The page begins with its first example.');
    expect(await cell('W, row 0, column 0').inputValue()).toBe('0.2541');
    await it_.page.waitForTimeout(400);
    expect(await hash()).toBe('#W=1,a&x=1,1&k=1'); // to be corrected
    await it_.page.evaluate("location.hash = '#W=b&x=1&k=1'");
    await eventually(notice, 'The numbers stay as they are.');
    expect(await cell('W, row 0, column 0').inputValue()).toBe('0.2541');
  });

  it('snaps to a tie, and moves an entry of y by keys and by dragging', async () => {
    expect(await it_.page.locator('#tie .weights').count()).toBe(0);
    await it_.page.locator('#line').getByRole('button', { name: 'Snap to a tie' }).click();
    expect(await verdict()).toContain('Not differentiable, because rows 1 and 4 tie at 1.39692579');
    await it_.page.locator('#tie .weights').waitFor({ state: 'attached' }); // it follows in an idle moment
    expect(await it_.page.locator('#tie .weights tbody tr').count()).toBe(4);
    const point = it_.page.getByRole('slider', { name: /^y₁/ });
    await point.press('Shift+ArrowRight');
    await eventually(verdict, '✓ Differentiable, because the margin is positive');
    const box = await point.boundingBox();
    const { mouse } = it_.page;
    await mouse.move((box?.x ?? 0) + 14, (box?.y ?? 0) + 14);
    await mouse.down();
    await mouse.move((box?.x ?? 0) - 300, (box?.y ?? 0) + 14, { steps: 4 });
    await mouse.up();
    expect(Number(await point.getAttribute('aria-valuenow'))).toBeLessThan(1.3);
  });

  it('returns to what was typed by Back after an example, and by Reset to the example', async () => {
    await cell('W, row 0, column 0').fill('0.75');
    await it_.page.getByRole('button', { name: PRESETS[2].sentence }).click();
    await it_.page.goBack();
    await eventually(() => cell('W, row 0, column 0').inputValue(), '0.75');
    await it_.page.goForward();
    await eventually(() => cell('W, row 0, column 0').inputValue(), PRESETS[2].problem.W[0][0]);
    const reset = it_.page.getByRole('button', { name: 'Reset' });
    expect(await reset.getAttribute('aria-disabled')).toBe('true');
    await cell('weight 1').fill('3');
    await cell('W, row 0, column 0').fill('7');
    await reset.press('Enter');
    expect(await cell('weight 1').inputValue()).toBe('1');
    expect(await cell('W, row 0, column 0').inputValue()).toBe(PRESETS[2].problem.W[0][0]);
  });

  it('keeps the focus on a button that its own press disables', async () => {
    const focused = () => it_.page.evaluate<string>('document.activeElement.textContent');
    await it_.page.locator('#line').getByRole('button', { name: 'Snap to a tie' }).press('Enter');
    expect(await focused()).toBe('Snap to a tie');
    await it_.page.getByRole('button', { name: 'Reset' }).press('Enter');
    expect(await focused()).toBe('Reset');
    const fewer = it_.page.getByRole('button', { name: 'Fewer k' });
    for (let k = 3; k >= -1; k--) await fewer.press('Enter');
    expect(await focused()).toBe('−');
    expect(await verdict()).toContain('Differentiable');
  });

  it.each([360, 1280])('brings the theorem to the top by its link at %d px', async (width) => {
    await it_.page.setViewportSize({ width, height: 900 });
    await it_.open();
    await it_.page.getByRole('link', { name: /of the theorem$/ }).click();
    const top = () =>
      it_.page.evaluate<number>('document.getElementById("theorem").getBoundingClientRect().top');
    await eventually(async () => (Math.abs(await top()) < 60 ? 'there' : 'not yet'), 'there');
    await it_.page.setViewportSize({ width: 1280, height: 900 });
  });

  it('takes back what it said of a broken address once something changes', async () => {
    await it_.open('#W=%%%');
    expect(await it_.page.locator('.notice').innerText()).toContain(
      'The address cannot be read: a %',
    );
    await cell('W, row 0, column 0').press('ArrowUp');
    expect(await it_.page.locator('.notice').innerText()).toBe('');
  });

  it('calls an entry of dL/dW ≈ 0 only where it is a difference of losses, or soft', async () => {
    await it_.open('#W=10,0;0,0&x=1e5,-0.0025&k=1');
    const entries = (by: string) =>
      it_.page
        .getByRole('grid', { name: `dL/dW ${by}` })
        .locator('tr')
        .first()
        .locator('td');
    for (const by of ['by topk', 'by the selection matrix']) {
      expect(await entries(by).allInnerTexts()).toEqual(['2.000e11', '−5000.0000']);
    }
    expect(await entries('by central differences').last().innerText()).toBe('0');
  });

  it('marks row, entries and arithmetic of the entry of dL/dW in focus', async () => {
    const grid = it_.page.getByRole('grid', { name: 'dL/dW by topk' });
    await grid.locator('td').first().focus();
    await it_.page.keyboard.press('ArrowRight');
    await it_.page.keyboard.press('ArrowRight');
    expect(await it_.page.locator('.arithmetic').innerText()).toContain('2 · y₀ · x₂');
    expect(await it_.page.locator('.arithmetic').innerText()).toContain('= 1.8634');
    expect(await it_.page.locator('.matrix tr[data-lit]').count()).toBe(5); // W, x, y, S, v
  });

  it('asks for the rows before it shows them', async () => {
    await it_.page.getByRole('button', { name: 'Guess first' }).click();
    for (const row of [0, 2, 4])
      await it_.page.getByRole('checkbox', { name: `row ${String(row)}` }).check();
    await it_.page.getByRole('button', { name: 'Reveal' }).click();
    expect(await it_.page.locator('.prediction p').innerText()).toContain('6 of 6 right');
  });

  it.each([360, 900, 1920])(
    'has no accessibility violation at %d px, nor scrolls sideways',
    async (width) => {
      await it_.page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await it_.page.emulateMedia({ colorScheme });
        for (const { problem } of [PRESETS[0], PRESETS[2]]) {
          await it_.open(toHash({ ...START, problem }));
          await it_.page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
          const found = await it_.page.evaluate(
            'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
          );
          expect(found).toEqual([]);
        }
        expect(await it_.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      await it_.page.setViewportSize({ width: 1280, height: 900 });
    },
  );

  it('gives the certificate and the gradient that npm start gives, for 50 problems', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'topk-inputs-'));
    const states = fc.sample(problems(5), { numRuns: 50, seed: 21 });
    const files = states.map((_, i) => join(folder, `${String(i)}.json`));
    states.forEach((problem, i) => {
      writeFileSync(files[i], toJson(problem));
    });
    const logs = JSON.parse(spawnScript('test/browser/startEach.ts', files).stdout) as string[];
    expect(logs).toHaveLength(states.length);
    for (const [i, problem] of states.entries()) {
      await it_.open(toHash({ ...START, problem }));
      const stdout = logs[i];
      expect(stdout).toMatch(/\nClaims: \d+ ✓, 0 ✗\n$/);
      for (const line of await certificate())
        expect(stdout).toContain(`\n${line.replaceAll('−', '-')}\n`);
      const printed = /show\(dW1\);\nOut\[\d+\]:\s*(tensor\([^)]*\))/.exec(stdout)?.[1] ?? '';
      const texts = printed.match(/-?\d+\.?\d*(?:e[+-]\d+)?/g) ?? [];
      const shown = (await mapTexts('by topk')).flat();
      expect(shown).toHaveLength(problem.W.length * problem.x.length);
      const onScale = (await it_.page.locator('#gradients .map td').allTextContents()).map(
        numberOf,
      );
      const scale = Math.max(...onScale.map(Math.abs));
      shown.forEach((text, j) => {
        const difference = numberOf(text) - Number(texts[j]);
        expect(Math.abs(difference)).toBeLessThanOrEqual(
          1.01 * (roundingOf(text, scale) + roundingOf(texts[j])),
        );
      });
    }
    rmSync(folder, { recursive: true });
  }, 300_000); // half a minute on an idle machine
});
