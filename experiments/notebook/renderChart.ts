import * as Plot from '@observablehq/plot';
import { DOMParser } from 'linkedom';

/** Plot's own types are those of the DOM, which Node does not have. */
interface Svg {
  outerHTML: string;
  setAttribute: (name: string, value: string) => void;
}

/**
 * A chart of Observable Plot as SVG with a light background of its own, so that it can be read on any.
 *
 * @param title what it shows, for those who do not see it.
 * @param options of Plot.plot; without title and legends, which would make it a figure of HTML.
 */
export function renderChart(title: string, options: Plot.PlotOptions): string {
  // One of XML, which escapes in attributes what XML does not allow there.
  const document = new DOMParser().parseFromString(
    `<svg xmlns="${SVG}"/>`,
    'image/svg+xml',
  ) as never;
  const style = {
    background: 'white',
    color: '#1f2328',
    fontFamily: 'sans-serif',
    fontSize: '12px',
  };
  const svg = Plot.plot({ ...options, style, document }) as object as Svg;
  const about = { xmlns: SVG, role: 'img', 'aria-label': title };
  for (const [name, value] of Object.entries(about)) svg.setAttribute(name, value);
  return `${svg.outerHTML}\n`;
}

const SVG = 'http://www.w3.org/2000/svg';
