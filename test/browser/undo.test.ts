import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { describePage } from './describePage.ts';

/** The address follows a change within 200 ms. */
const SETTLED = 400;

describePage('on the page', (it_) => {
  beforeEach(() => it_.open());

  const button = (name: string) => it_.page.getByRole('button', { name, exact: true });
  const cell = (label: string) => it_.page.getByRole('spinbutton', { name: label, exact: true });
  const snap = () => it_.page.locator('#line').getByRole('button', { name: 'Snap to a tie' });
  const verdict = () => it_.page.locator('.verdict .answer').innerText();
  const pressed = () => it_.page.locator('.presets [aria-pressed=true]').innerText();
  const isDisabled = (name: string) => button(name).getAttribute('aria-disabled');

  it('Back undoes a snap, and Reset returns to the example, also after Back and when it is loaded again', async () => {
    await button(PRESETS[0].sentence).click();
    await snap().click();
    expect(await verdict()).toContain('Not differentiable');
    await it_.page.goBack();
    await it_.page.waitForTimeout(SETTLED);
    expect(await pressed()).toBe(PRESETS[0].sentence);
    expect(await isDisabled('Reset')).toBe('true');

    await it_.page.goForward();
    await it_.page.waitForTimeout(SETTLED);
    await button('More k').click();
    await it_.page.waitForTimeout(SETTLED);
    await it_.page.reload();
    expect(await isDisabled('Reset')).toBe('false');
    await button('Reset').click();
    expect(await pressed()).toBe(PRESETS[0].sentence);
    await it_.page.goBack();
    await it_.page.waitForTimeout(SETTLED);
    expect(await it_.page.locator('.tools output').first().innerText()).toBe('4');
    expect(await isDisabled('Reset')).toBe('false');
  });

  it('an address that is due to follow a change does not follow it into the entry that Back returns to', async () => {
    await button(PRESETS[0].sentence).click();
    await it_.page.waitForTimeout(SETTLED);
    await snap().click();
    // While the page is busy, both the return and the change of the address become due.
    await it_.page.evaluate(
      `history.back(); for (const due = performance.now() + ${String(SETTLED)}; performance.now() < due; );`,
    );
    await it_.page.waitForTimeout(SETTLED);
    expect(await isDisabled('Reset')).toBe('true');
    expect(await pressed()).toBe(PRESETS[0].sentence);
  });

  it('what was typed in a cell is gone when an example takes its place', async () => {
    const entry = cell('W, row 0, column 0');
    await button(PRESETS[2].sentence).click();
    const before = await entry.inputValue();
    await entry.fill('abc');
    for (const { sentence } of [PRESETS[4], PRESETS[2]]) {
      await button(sentence).click();
      expect(await it_.page.locator('.wrong').count()).toBe(0);
    }
    expect(await entry.inputValue()).toBe(before);
  });

  it('rows and columns that were taken away come back with their numbers, but not those of another example', async () => {
    await button(PRESETS[2].sentence).click();
    const { W } = PRESETS[2].problem;
    const [i, j] = [W.length - 1, W[0].length - 1].map(String);
    const last = cell(`W, row ${i}, column ${j}`);
    await last.fill('7.25');
    for (const name of ['Fewer rows', 'Fewer columns', 'More columns', 'More rows']) {
      await button(name).click();
    }
    expect(await last.inputValue()).toBe('7.25');
    const k = it_.page.locator('.tools output').first();
    const size = await k.innerText();
    for (const name of ['Fewer', 'More']) {
      for (let row = 1; row < W.length; row++) await button(`${name} rows`).click();
    }
    expect(await k.innerText()).toBe(size);
    await button('Fewer rows').click();
    await button(PRESETS[2].sentence).click();
    for (const name of ['Fewer rows', 'More rows']) await button(name).click();
    expect(await last.inputValue()).toBe(W.at(-1)?.at(-1));
  });

  it.each([1280, 360])(
    'links lead to their section where others have grown, at %d px',
    async (width) => {
      await it_.page.setViewportSize({ width, height: 740 });
      await it_.page.emulateMedia({ reducedMotion: 'reduce' });
      await button(PRESETS[2].sentence).click();
      await it_.page.waitForTimeout(SETTLED);
      await it_.page.locator('.verdict a').click();
      await it_.page.waitForTimeout(SETTLED);
      const top = await it_.page.evaluate<number>(
        "document.querySelector('#theorem h2').getBoundingClientRect().top",
      );
      expect(top).toBeGreaterThan(-1);
      expect(top).toBeLessThan(740 / 2);
      await it_.page.emulateMedia({ reducedMotion: 'no-preference' });
    },
  );

  it('what is wrong with a number is readable in a narrow window, and does not cover others for long', async () => {
    await it_.page.setViewportSize({ width: 360, height: 740 });
    const rows = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 12 }, (_, j) => String(i + j)),
    );
    await it_.open(toHash({ ...START, problem: { W: rows, x: rows[0], k: 2 } }));
    const wrong = it_.page.locator('.wrong');
    for (const [text, column] of [
      ['abc', 11],
      ['1e39', 5],
      ['', 0],
    ] as const) {
      const entry = cell(`W, row 5, column ${String(column)}`);
      await entry.fill(text);
      await it_.page.waitForTimeout(SETTLED); // it is scrolled to
      const [box, near] = [await wrong.boundingBox(), await entry.boundingBox()];
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThanOrEqual(360);
      expect(Math.abs((box?.y ?? NaN) - (near?.y ?? NaN))).toBeLessThan(100);
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(740);
      expect(await it_.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      const under = cell(`W, row 6, column ${String(column)}`);
      await under.click();
      const focused = await it_.page.evaluate('document.activeElement.ariaLabel');
      expect(focused).toBe(await under.getAttribute('aria-label'));
      expect(await wrong.isVisible()).toBe(false);
      await entry.press('Escape');
      expect(await wrong.count()).toBe(0);
    }
  });

  it('a kink is one however small its slopes are, and what float32 takes from a difference is said', async () => {
    await it_.open('#W=1e-6;1e-6;0&x=1&k=1');
    const along = await it_.page.locator('#along .remark').textContent();
    expect(along).toContain('−0.000001414 on the left and 0.000001414 on the right: a kink');

    const why = () => it_.page.locator('#tie > .prose').last().textContent();
    await it_.open('#W=100;100;-5&x=1&k=1');
    expect(await why()).toContain('½ + h/4τ = 0.5');
    expect(await why()).not.toContain('float32');
    await it_.open('#W=1e10;1e10&x=1&k=1');
    expect(await why()).toContain('float32 rounds the two losses, and 0 is left of it.');
    expect(await it_.page.locator('#tie tr.no .answer').first().textContent()).toBe(
      '✗ no, off by rounding',
    );
  });
});
