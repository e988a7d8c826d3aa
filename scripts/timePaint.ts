import { openPage } from './openPage.ts';

/** What an entry of the performance timeline says, in ms from the start of the navigation. */
const ENTRIES = `new Promise((resolve) => {
  const at = (name) => performance.getEntriesByName(name)[0].startTime;
  new PerformanceObserver((list) => {
    const largest = Math.max(...list.getEntries().map(({ startTime }) => startTime));
    resolve({ first: at('first-contentful-paint'), largest, shown: at('shown') });
  }).observe({ type: 'largest-contentful-paint', buffered: true });
})`;

interface Paint {
  /** The first contentful paint. */
  first: number;
  /** The largest one: there the page has its meaning. */
  largest: number;
  /** From here on the page answers to input. */
  shown: number;
}

/** Opens the page in so many new browsers, one after the other, and returns when it was painted, in ms. */
export async function timePaint(html: string, starts: number): Promise<Paint[]> {
  const paints: Paint[] = [];
  for (let start = 0; start < starts; start++) {
    const { page, open, close } = await openPage({ html });
    await open();
    await page.waitForTimeout(500); // a larger paint may follow the first
    paints.push(await page.evaluate<Paint>(ENTRIES));
    await close();
  }
  return paints;
}
