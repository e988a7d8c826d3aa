import type { CDPSession, Locator, Page } from 'playwright-core';
import { MAX_LENGTH } from '../page/state/Problem.ts';
import { START } from '../page/state/PageState.ts';
import { resize } from '../page/state/resize.ts';
import { toHash } from '../page/state/toHash.ts';
import { openPage } from './openPage.ts';

/**
 * Measures interactions by entries of the performance timeline: 'script' from the event until all handlers have run and
 * the next frame begins, 'frame' until a message after it, so with style, layout and paint. An event before that
 * belongs to the same interaction. The entries of Event Timing leave out what takes less than 16 ms.
 */
const LISTEN = `{
  let isOpen = false;
  const begin = () => {
    if (isOpen) return;
    isOpen = true;
    const start = performance.now();
    requestAnimationFrame(() => {
      performance.measure('script', { start });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        performance.measure('frame', { start });
        isOpen = false;
      };
      port2.postMessage(0);
    });
  };
  for (const type of ['keydown', 'pointermove']) addEventListener(type, begin, true);
}`;

/** Without these a frame would wait for the display, and the wait be counted. */
const ARGS = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** Milliseconds from one interaction to the next: a held key repeats 30 times a second. */
const PAUSE = 33;

export interface Interaction {
  name: string;
  /** The ms of each one: of its script, and until its frame is painted. */
  script: number[];
  frame: number[];
  /** The ms for which one occupies the main thread on average, with what is left for later. */
  work: number;
}

/** Opens the page at 12 × 12, and does each interaction so many times. */
export async function timeInteractions(html: string, samples: number): Promise<Interaction[]> {
  const { page, open, close } = await openPage({ html, args: ARGS });
  try {
    await page.addInitScript(LISTEN);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const full = resize(START.problem, MAX_LENGTH, MAX_LENGTH);
    await open(toHash({ ...START, problem: { ...full, k: MAX_LENGTH / 2 } }));
    const interactions: Interaction[] = [];
    for (const [name, begin] of Object.entries(INTERACTIONS)) {
      const act = await begin(page);
      for (let i = 0; i < 20; i++) await paced(act(i)); // until it is compiled
      interactions.push({ name, ...(await time(page, devtools, act, samples)) });
      await page.mouse.up();
    }
    return interactions;
  } finally {
    await close();
  }
}

/** Does it for the i-th time. */
type Act = (i: number) => Promise<void>;

async function time(page: Page, devtools: CDPSession, act: Act, samples: number) {
  const read = (name: string) =>
    page.evaluate<number[]>(
      `performance.getEntriesByName('${name}').map(({ duration }) => duration)`,
    );
  await page.evaluate('performance.clearMeasures()');
  const before = await mainThread(devtools);
  for (let i = 0; i < samples; i++) await paced(act(i));
  const work = ((await mainThread(devtools)) - before) / samples;
  const [script, frame] = [await read('script'), await read('frame')];
  if (frame.length === 0) throw new Error('timeInteractions: no interaction was seen');
  return { script, frame, work };
}

async function paced(act: Promise<void>): Promise<void> {
  await Promise.all([act, new Promise((resolve) => setTimeout(resolve, PAUSE))]);
}

/** The ms for which the main thread has been busy. */
async function mainThread(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
}

const cell = (page: Page) =>
  page.getByRole('spinbutton', { name: 'W, row 7, column 3', exact: true });

/** Each begins, and returns what is done again and again. */
const INTERACTIONS: Record<string, (page: Page) => Promise<Act>> = {
  'an arrow key on an entry of W': async (page) => {
    await cell(page).focus();
    return (i) => page.keyboard.press(i % 40 < 20 ? 'ArrowUp' : 'ArrowDown');
  },
  'a step of a drag of it': async (page) => {
    const [x, y] = await press(cell(page));
    return (i) => page.mouse.move(x + 10 + 3 * (i % 40), y);
  },
  'a step of k': async (page) => {
    const find = async (name: string) => page.getByRole('button', { name }).elementHandle();
    const [more, fewer] = await Promise.all(['More k', 'Fewer k'].map(find));
    return async (i) => {
      await (i % 10 < 5 ? more : fewer).focus(); // found before, since to search by role occupies the page
      await page.keyboard.press('Enter');
    };
  },
  'a step of h': async (page) => {
    await page.locator('#gradients input[type=range]').focus();
    return (i) => page.keyboard.press(i % 2 ? 'ArrowLeft' : 'ArrowRight');
  },
  'a look at an entry of dL/dW': async (page) => {
    await page.getByRole('grid', { name: 'dL/dW by topk' }).locator('td').first().focus();
    return (i) => page.keyboard.press(i % 22 < 11 ? 'ArrowRight' : 'ArrowLeft');
  },
  'a step of a drag of an entry of y': async (page) => {
    const [x, y] = await press(page.locator('#line .point .dot').first());
    return (i) => page.mouse.move(x - 3 * (i % 40), y);
  },
};

/** Presses the mouse in the middle of an element, and returns where that is. */
async function press(element: Locator): Promise<[number, number]> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error(`press: element must be shown, got ${String(element)}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const { mouse } = element.page();
  await mouse.move(x, y);
  await mouse.down();
  return [x, y];
}
