import { PRESETS } from '../../page/state/presets.ts';
import { describePage } from './describePage.ts';

/** The points that are not painted as their class says: those selected have a thick ring and a bold number. */
const PAINTED_WRONGLY = `[...document.querySelectorAll('#line .point')].filter((point) => {
  const isSelected = point.classList.contains('in');
  const [ring, number] = ['.dot', 'text'].map((part) => getComputedStyle(point.querySelector(part)));
  return isSelected !== (ring.strokeWidth === '3px') || isSelected !== (number.fontWeight === '700');
}).map((point) => point.getAttribute('aria-label'))`;

describePage('the number line', (it_) => {
  beforeEach(async () => {
    await it_.open();
    await it_.page.locator('#line svg').scrollIntoViewIfNeeded();
  });

  const wrong = () => it_.page.evaluate<string[]>(PAINTED_WRONGLY);

  it('paints the points that are selected now, also those that pass another', async () => {
    const y1 = it_.page.getByRole('slider', { name: /^y₁/ });
    await y1.focus();
    for (let step = 0; step < 6; step++) {
      await it_.page.keyboard.press('Shift+ArrowRight');
      expect(await wrong()).toEqual([]);
    }
    expect(await y1.getAttribute('aria-label')).toBe('y₁, selected');
    for (const { sentence } of [...PRESETS, ...PRESETS.toReversed()]) {
      await it_.page.getByRole('button', { name: sentence }).click();
      expect(await wrong()).toEqual([]);
    }
  });
});
