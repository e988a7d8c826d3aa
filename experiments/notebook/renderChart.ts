import * as Plot from '@observablehq/plot';
import { DOMParser } from 'linkedom';

/** The part of SVGElement that is needed here; Plot's types are the DOM's, which Node lacks. */
interface Svg {
  outerHTML: string;
  setAttribute: (name: string, value: string) => void;
}

/**
 * Renders a chart of Observable Plot as SVG, on a white background so that it is legible anywhere.
 *
 * @param title the accessible name of the image.
 * @param options those of Plot.plot; no title and no legend, which would turn the SVG into HTML.
 */
export function renderChart(title: string, options: Plot.PlotOptions): string {
  // An XML document, because it escapes attribute values as XML requires.
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
  const attributes = { xmlns: SVG, role: 'img', 'aria-label': title };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  return `${svg.outerHTML}\n`;
}

const SVG = 'http://www.w3.org/2000/svg';
