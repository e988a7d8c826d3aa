import { gathers } from './gathers.ts';
import { gradients } from './gradients.ts';
import type { Case } from './helpers.ts';
import { linear } from './linear.ts';
import { soft } from './soft.ts';
import { values } from './values.ts';

/** Everything that must hold on every backend: in Node here, in Chromium in test/browser. */
export const cases: Case[] = [...values, ...gradients, ...gathers, ...linear, ...soft];
