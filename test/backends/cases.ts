import type { Case } from './Case.ts';
import { activation } from './cases/activation.ts';
import { alongAxis } from './cases/alongAxis.ts';
import { awkwardRows } from './cases/awkwardRows.ts';
import { gathers } from './cases/gathers.ts';
import { gradients } from './cases/gradients.ts';
import { gradientsByShape } from './cases/gradientsByShape.ts';
import { linear } from './cases/linear.ts';
import { longRows } from './cases/longRows.ts';
import { nothing } from './cases/nothing.ts';
import { optimizers } from './cases/optimizers.ts';
import { quantiles } from './cases/quantiles.ts';
import { randomRows } from './cases/randomRows.ts';
import { selection } from './cases/selection.ts';
import { soft } from './cases/soft.ts';
import { sorting } from './cases/sorting.ts';
import { ties } from './cases/ties.ts';
import { totalOrder } from './cases/totalOrder.ts';
import { weighted } from './cases/weighted.ts';

/** What must hold on every backend: in Node here, in Chromium in test/browser. */
export const cases: Case[] = [
  ...selection,
  ...totalOrder,
  ...randomRows,
  ...awkwardRows,
  ...longRows,
  ...gradientsByShape,
  ...gradients,
  ...ties,
  ...gathers,
  ...alongAxis,
  ...activation,
  ...weighted,
  ...sorting,
  ...quantiles,
  ...linear,
  ...optimizers,
  ...soft,
  ...nothing,
];
