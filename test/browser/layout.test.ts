import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { describePage } from './describePage.ts';

describePage('the layout of the page', (it_) => {
  const boxOf = async (selector: string) => {
    const box = await it_.page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`${selector} must be shown`);
    return box;
  };
  const open = async (width: number, height: number, hash = '') => {
    await it_.page.setViewportSize({ width, height });
    await it_.open(hash);
  };

  it.each(PRESETS)(
    'shows the verdict on “$sentence” without scrolling at 1280 × 720',
    async ({ problem }) => {
      await open(1280, 720, toHash({ ...START, problem }));
      const { y, height } = await boxOf('.verdict');
      expect(y + height).toBeLessThanOrEqual(720);
      expect((await boxOf('.matrix .number')).y).toBeLessThanOrEqual(700);
    },
  );

  it.each(PRESETS)(
    'shows the answer on “$sentence” on the first screen of a phone, 390 × 664',
    async ({ problem }) => {
      await open(390, 664, toHash({ ...START, problem }));
      const { y, height } = await boxOf('.verdict .answer');
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(664);
    },
  );

  it.each([1280, 390])('leaves the buttons of k under the pointer at %d px', async (width) => {
    await open(width, 720, toHash({ ...START, problem: PRESETS[2].problem }));
    const [more, fewer] = ['More k', 'Fewer k'];
    const buttons = () =>
      Promise.all([more, fewer].map((name) => boxOf(`button[aria-label="${name}"]`)));
    const before = await buttons();
    for (const name of [more, more, more, fewer, fewer, fewer, fewer, fewer]) {
      await it_.page.getByRole('button', { name }).click();
      expect(await buttons()).toEqual(before);
    }
  });

  it('leaves the cells and the button where they are when it snaps to a tie', async () => {
    for (const preset of [PRESETS[0], PRESETS[4], PRESETS[5]]) {
      await open(1280, 720);
      await it_.page.getByRole('button', { name: preset.sentence }).click();
      const snap = it_.page.locator('#line').getByRole('button', { name: 'Snap to a tie' });
      await snap.scrollIntoViewIfNeeded();
      await it_.page.waitForTimeout(200); // sections that come into view are laid out
      const places = async () => [
        await snap.boundingBox(),
        await boxOf('input[aria-label="W, row 1, column 1"]'),
        await boxOf('input[aria-label="x, entry 0"]'),
      ];
      const before = await places();
      await snap.click();
      await it_.page.waitForTimeout(200); // what is far down follows
      expect(await it_.page.locator('.verdict .answer').innerText()).toContain('tie at');
      expect(await places()).toEqual(before);
    }
  });

  it('shows at 390 px what each method returns, and whether it is a gradient', async () => {
    const rows = (n: number) => Array.from({ length: n }, () => ['1']);
    for (const n of [2, 3, 12]) {
      await open(390, 800, toHash({ ...START, problem: { W: rows(n), x: ['1'], k: 1 } }));
      for (const section of ['#tie', '#batch']) {
        await it_.page.locator(section).scrollIntoViewIfNeeded();
        const answers = await it_.page.locator(`${section} .answer`).all();
        expect(answers.length).toBeGreaterThanOrEqual(3);
        for (const answer of answers) {
          const box = await answer.boundingBox();
          expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThanOrEqual(390);
        }
      }
    }
  });
});
