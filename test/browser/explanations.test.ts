import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { describePage } from './describePage.ts';

/** The page follows a change at the next frame, and what is far down within 200 ms. */
const SETTLED = 400;

const [THREE_TIE, TWO_TIE, NEARLY_TIED] = [2, 3, 4].map((i) => PRESETS[i]);

describePage('the page explains', (it_) => {
  beforeEach(() => it_.open());

  const textOf = async (selector: string) => (await it_.page.locator(selector).textContent()) ?? '';
  const openPreset = ({ problem }: (typeof PRESETS)[number], stepExponent = START.stepExponent) =>
    it_.open(toHash({ ...START, problem, stepExponent }));
  const button = (name: string) => it_.page.getByRole('button', { name, exact: true });
  const cell = (label: string) => it_.page.getByRole('spinbutton', { name: label, exact: true });
  const entry = (method: string, row: number, column: number) =>
    it_.page
      .getByRole('grid', { name: `dL/dW ${method}` })
      .locator(`[data-row="${String(row)}"][data-column="${String(column)}"]`);

  it('a central difference by the two losses that it is made of, and the rows selected there', async () => {
    await openPreset(THREE_TIE);
    await entry('by central differences', 2, 1).hover();
    const arithmetic = await textOf('.arithmetic');
    expect(arithmetic).toContain(
      '(L(W + h) − L(W − h)) / 2h = (10.015686 − 10) / 0.015625 = 1.0039',
    );
    expect(arithmetic).toContain('W + h selects rows 0 and 2, W − h rows 0 and 1');
    await entry('by central differences', 0, 1).hover();
    expect(await textOf('.arithmetic')).not.toContain('selects');
    await entry('by topk', 2, 1).hover();
    expect(await textOf('.arithmetic')).toBe('y₂ is not selected, so row 2 is 0.');
  });

  it('nothing more when the pointer has left the entry', async () => {
    await entry('by topk', 0, 0).hover();
    expect(await it_.page.locator('[data-lit]').count()).toBeGreaterThan(0);
    await it_.page.mouse.move(5, 5);
    expect(await it_.page.locator('[data-lit]').count()).toBe(0);
    await entry('by topk', 0, 0).focus();
    expect(await it_.page.locator('[data-lit]').count()).toBeGreaterThan(0);
    await it_.page.keyboard.press('Tab');
    await it_.page.keyboard.press('Tab');
    await it_.page.keyboard.press('Tab');
    expect(await it_.page.locator('[data-lit]').count()).toBe(0);
  });

  it.each([-10, -7, -1, 1])(
    'why the central difference at a tie differs, by the sum in the table, for h = 2^%d',
    async (stepExponent) => {
      for (const [preset, answer] of [
        [THREE_TIE, '✗ no'],
        [TWO_TIE, stepExponent === -7 ? '≈ even, off by the step' : undefined],
      ] as const) {
        await openPreset(preset, stepExponent);
        const row = it_.page.locator('#tie tbody tr', { hasText: 'central difference' });
        const [given, sum, ...weights] = await row.locator('td').allTextContents();
        const total = weights.map(Number).reduce((a, b) => a + b);
        expect(Math.abs(total - Number(sum))).toBeLessThan(0.0005 * (weights.length + 1));
        expect(await textOf('#tie')).toContain(`Here its weights sum to ${sum},`);
        const share = /½ \+ h\/4τ = (\S+), for/.exec(await textOf('#tie'))?.[1] ?? '';
        const rounding = 0.00055; // of three decimals, and of four digits
        expect(Math.abs(Number(share.replaceAll('−', '-')) - Number(weights[0]))).toBeLessThan(
          rounding,
        );
        if (answer !== undefined) expect(given).toBe(answer);
      }
    },
  );

  it('every method that a table names', async () => {
    await openPreset(THREE_TIE);
    for (const section of ['#tie', '#batch']) {
      const { page } = it_;
      const names = await page.locator(`${section} tbody th[scope=row]`).allTextContents();
      const methods = await page.locator(`${section} .methods dt`).allTextContents();
      expect(names.filter((name) => !/^\d+$/.test(name))).toEqual(methods);
      for (const meaning of await page.locator(`${section} .methods dd`).allTextContents()) {
        expect(meaning.length).toBeGreaterThan(20);
      }
    }
  });

  it('two examples by their numbers as they are, which the preset brings back', async () => {
    const both = 'Both examples tie, and yet the loss is smooth here: its gradient is (2, 2).';
    const preset = it_.page.getByRole('button', { name: /^Two examples that both tie/ });
    expect(await textOf('#batch .prose')).toContain(both);
    expect(await textOf('#batch .prose')).toContain('returns (4, 0): wrong.');
    await cell('W, row 0, column 0').fill('7');
    await cell('example 1').fill('3');
    expect(await textOf('#batch .prose')).toContain('Both examples tie, and the loss has a kink');
    expect(await textOf('#batch .prose')).toContain('returns (20, 0): one of them.');
    await cell('weight 0').fill('2');
    expect(await textOf('#batch .prose')).toContain('No example ties, so the loss is smooth');
    await preset.click();
    expect(await cell('example 1').inputValue()).toBe('-1');
    expect(await cell('W, row 0, column 0').inputValue()).toBe('7'); // another section's numbers stay
    expect(await textOf('#batch .prose')).toContain(both);
  });

  it('that no gradient exists at a tie, also where it asks', async () => {
    expect(await textOf('#gradients h2')).toBe('The gradient, three ways');
    await openPreset(THREE_TIE);
    expect(await textOf('#gradients h2')).toContain('No gradient exists here');
    await button('Guess first').click();
    expect(await textOf('.prediction legend')).toContain(
      'Which rows of topk’s answer are not zero?',
    );
    await openPreset(PRESETS[1]); // a tie at zero
    expect(await textOf('#gradients h2')).toBe('The gradient, three ways');
  });

  it('why the differences differ from what topk returns', async () => {
    const caption = it_.page.locator('#gradients .comparison').last();
    expect(await caption.textContent()).toContain(', by rounding.');
    await openPreset(NEARLY_TIED, NEARLY_TIED.stepExponent);
    expect(await caption.textContent()).toContain(', by steps past the cut, and by rounding.');
  });

  it('a guess for the numbers that it was made for, with one button', async () => {
    const names = () => it_.page.locator('#gradients button').allTextContents();
    const checked = it_.page.locator('.prediction input:checked');
    await button('Guess first').click();
    expect(await names()).toEqual(['Reveal']);
    await it_.page.keyboard.press('Space'); // the first row has the focus
    expect(await checked.count()).toBe(1);
    await button('More k').click();
    expect(await checked.count()).toBe(0);
    await it_.page.getByRole('checkbox', { name: 'row 0' }).check();
    await button('Reveal').click();
    expect(await names()).toEqual(['Close']);
    expect(await it_.page.locator('.prediction .right').count()).toBe(3);
    expect(await it_.page.locator('#gradients .map').count()).toBe(3);
    await button('Fewer k').click();
    expect(await it_.page.locator('.prediction').count()).toBe(0);
    expect(await names()).toEqual(['Guess first']);
  });

  it('what became of a copy', async () => {
    await button('Copy as JSON').click();
    await it_.page.locator('.copy.done').waitFor();
    expect(await textOf('.message')).toMatch(/^Copied\. Save it as mine\.json/);
    await button('More k').click();
    expect(await textOf('.message')).toBe('');
    expect(await it_.page.locator('.copy.done').count()).toBe(0);
    const refuse = 'navigator.clipboard.writeText = () => Promise.reject(new Error("no leave"))';
    await it_.page.evaluate(`void (${refuse})`);
    await button('Copy as TypeScript').click();
    await it_.page.waitForTimeout(SETTLED);
    expect(await textOf('.message')).toBe('Not copied: no leave');
    expect(await it_.page.locator('.message').getAttribute('role')).toBe('status'); // is read out
  });

  it('all signs on the number line, and half of the margin', async () => {
    const key = await textOf('#line .key');
    for (const part of ['selected', 'the cut, midway', 'the margin', 'how far a step h moves']) {
      expect(key).toContain(part);
    }
    const half = 'half of the margin, 0.1354, which is how far the entries next to the cut are';
    const open = (problem: typeof NEARLY_TIED.problem, stepExponent: number) =>
      it_.open(toHash({ ...START, problem, stepExponent }));
    expect(await textOf('#line .remark')).toContain(half);
    await openPreset(NEARLY_TIED, NEARLY_TIED.stepExponent);
    expect(await textOf('#line .remark')).toContain('exceeds the margin, 0.0006: a step takes');
    await open({ W: [['1'], ['0.9']], x: ['1'], k: 1 }, -4); // h = 0.0625
    expect(await textOf('#line .remark')).toContain(
      'the differences are still off by rounding alone',
    );
    await open({ W: [['1', '2'], ['3', '4']], x: ['0', '0'], k: 1 }, -4); // prettier-ignore
    expect(await textOf('#line .remark')).toBe(
      'x is 0, so nothing moves an entry of y: no step, and no drag.',
    );
  });

  it('the axes and the lines of the loss along a line', async () => {
    const labels = await it_.page.locator('#along svg .label').allTextContents();
    expect(labels).toEqual(expect.arrayContaining(['↑ L', 't, how far W moves →']));
    const key = await textOf('#along .key');
    for (const part of ['the loss L(W + tD)', 'the parabola', 'within the radius', 'W as it is'])
      expect(key).toContain(part);
    expect(await textOf('#along .remark')).toContain('The radius is 0.166654, rounded down.');
  });

  it('the loss along a random direction, and draws another', async () => {
    await it_.page.getByLabel('a random direction').check();
    const slope = async () => /The slope is \S+/.exec(await textOf('#along .remark'))?.[0];
    const one = await slope();
    await button('Draw another').click();
    await it_.page.waitForTimeout(SETTLED);
    expect(await slope()).not.toBe(one);
    expect(await it_.page.evaluate('location.hash')).toContain('along=random&seed=2');
  });

  it('which numbers it takes, and leaves no part of another behind', async () => {
    const y0 = () => it_.page.locator('.matrix.result tbody td').first().innerText();
    const [before, address] = [await y0(), await it_.page.evaluate('location.hash')];
    const input = cell('W, row 0, column 0');
    await input.press('ControlOrMeta+a');
    await input.pressSequentially('1');
    expect(await y0()).not.toBe(before);
    await input.pressSequentially('/3');
    expect(await y0()).toBe(before);
    const wrong = await textOf('.wrong');
    expect(wrong).toContain('got "1/3". Write it as 0.25, -3 or 2e6; the number stays 0.2541.');
    await it_.page.waitForTimeout(SETTLED);
    if (address !== '') expect(await it_.page.evaluate('location.hash')).toBe(address);
    expect(await button('Reset').getAttribute('aria-disabled')).toBe('true');
    await input.press('Backspace');
    await input.press('Backspace');
    expect(await y0()).not.toBe(before); // 1 is a number
    await input.press('Escape');
    expect([await y0(), await input.inputValue()]).toEqual([before, '0.2541']);
  });

  it('that Enter keeps a number, so that a wrong one after it does not take it away', async () => {
    const input = cell('W, row 0, column 0');
    await input.press('ControlOrMeta+a');
    await input.pressSequentially('0.9');
    await input.press('Enter');
    await input.pressSequentially('x');
    expect(await textOf('.wrong')).toContain('the number stays 0.9.');
    await input.press('Escape');
    expect(await input.inputValue()).toBe('0.9');
  });

  it('which rows float32 selects where the numbers as typed select others', async () => {
    const problem = { W: [['1'], ['1.00000001'], ['0.5']], x: ['1'], k: 1 };
    await it_.open(toHash({ ...START, problem }));
    expect(await textOf('.verdict')).toContain('Rounding selects row 0 there');
  });

  it('the theorem, and keeps the state in the address', async () => {
    await openPreset(THREE_TIE);
    await it_.page.locator('.verdict a').click();
    await it_.page.waitForTimeout(SETTLED);
    expect(await it_.page.evaluate('location.hash')).toBe(
      toHash({ ...START, problem: THREE_TIE.problem }),
    );
    await it_.page.waitForTimeout(SETTLED); // it scrolls smoothly
    const box = await it_.page.locator('#theorem').boundingBox();
    expect(Math.abs(box?.y ?? NaN)).toBeLessThan(60);
    await it_.page.reload();
    expect(await cell('W, row 0, column 0').inputValue()).toBe('2');
  });

  it('what float32 would lose as about 0', async () => {
    await it_.open(toHash({ ...START, temperatureExponent: -8 }));
    const texts = await it_.page.locator('#soft td').allTextContents();
    expect(texts).toContain('≈ 0');
    for (const text of texts) expect(text).not.toMatch(/e−[1-9]\d/);
  });
});
