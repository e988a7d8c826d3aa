import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { describePage } from './describePage.ts';

/** Notes at each change of the document, until the page answers to input, whether what is there is hidden. */
const WATCH = `
  window.hidden = new Set();
  new MutationObserver(() => {
    if (document.querySelector('#app[aria-busy] .verdict')) hidden.add(document.body.hidden);
  }).observe(document, { childList: true, subtree: true });`;

describePage('the markup of the page', (it_) => {
  beforeAll(() => it_.page.addInitScript(WATCH));

  const hidden = () => it_.page.evaluate<boolean[]>('[...hidden]');
  /** The elements with their attributes and texts, in the order of a name. */
  const content = () =>
    it_.page.evaluate<string[]>(`[...document.querySelectorAll('#app *')].map((element) =>
        [element.tagName, element.value, element.checked, ...element.getAttributeNames()
          .filter((name) => name !== 'value' && name !== 'checked').sort()
          .map((name) => name + '=' + element.getAttribute(name).replaceAll(/([:;]) /g, '$1').replace(/;$/, '')),
        element.children.length === 0 ? element.textContent : ''].join(' '))`);

  it('is there before any script runs', async () => {
    const page = await it_.browser.newPage({ javaScriptEnabled: false });
    await page.goto(it_.url);
    expect(await page.locator('.verdict .answer').innerText()).toContain('✓ Differentiable');
    const [, high] = await page.locator('.map td').all();
    expect(await high.getAttribute('style')).toContain('--share:88%');
    expect(await page.locator('noscript').innerText()).toContain('needs JavaScript');
    await page.close();
  });

  it('shows that its controls do not answer yet, until they do', async () => {
    const look = `[...document.querySelectorAll('#app :is(button, input)')].map((control) =>
        getComputedStyle(control)).map(({ opacity, pointerEvents }) =>
        Number(opacity) < 1 && pointerEvents === 'none')`;
    await it_.page.addInitScript(`
      new MutationObserver(() => {
        if (document.querySelector('#app[aria-busy] button')) window.before = ${look};
      }).observe(document, { childList: true, subtree: true });`);
    await it_.open();
    const [before, after] = ['before', look].map((read) => it_.page.evaluate<boolean[]>(read));
    expect(new Set(await before)).toEqual(new Set([true]));
    expect(new Set(await after)).toEqual(new Set([false]));
  });

  it('is shown while the script loads, and becomes what the script would render', async () => {
    await it_.open();
    expect(await hidden()).toEqual([false]);
    const hydrated = await content();
    await it_.open(toHash(START));
    expect(hydrated).toEqual(await content());
  });

  it('is hidden where the address holds another state', async () => {
    await it_.open(toHash({ ...START, problem: PRESETS[1].problem }));
    expect(await hidden()).toEqual([true]);
    expect(await it_.page.locator('.number').first().inputValue()).toBe('1');
    expect(await it_.page.locator('.verdict .answer').isVisible()).toBe(true);
  });
});
