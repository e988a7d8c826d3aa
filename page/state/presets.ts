import thread from '../../experiments/thread.json';
import type { Problem } from './Problem.ts';

export interface Preset {
  /** A sentence that says what there is to see. */
  sentence: string;
  problem: Problem;
  /** The step of the central differences is 2^stepExponent. */
  stepExponent: number;
}

export const DEFAULT_STEP_EXPONENT = -7;

const preset = (
  sentence: string,
  [W, x, k]: [number[][], number[], number],
  stepExponent = DEFAULT_STEP_EXPONENT,
): Preset => {
  const problem = { W: W.map((row) => row.map(String)), x: x.map(String), k };
  return { sentence, problem, stepExponent };
};

export const PRESETS: Preset[] = [
  preset('Six rows of random numbers: the three largest are selected.', [
    ...([thread.W, thread.x, thread.k] as const),
  ]),
  preset('A tie at zero does no harm.', [
    [
      [1, 1],
      [2, -2],
      [0.5, -0.5],
      [-1, 0],
    ],
    [1, 1],
    2,
  ]),
  preset('Three rows tie at 1, and only one of them is selected.', [
    [
      [2, 1],
      [0, 1],
      [1, 0],
      [3, -2],
      [-1, 1],
    ],
    [1, 1],
    2,
  ]),
  preset('0.1 + 0.2 ties with 0.3: the verdict is exact, for the numbers as typed.', [
    [
      [0.1, 0.2],
      [0.3, 0],
      [0.1, 0.1],
    ],
    [1, 1],
    1,
  ]),
  preset(
    'Nearly tied: the step of a finite difference selects another row.',
    [
      [
        [0.9, 0.8],
        [0.5, 0.7],
        [0.65, 0.499],
        [0.2, 0.4],
      ],
      [0.8, 0.6],
      2,
    ],
    -4,
  ),
  preset('A router sends a token to two of eight experts.', [
    [
      [0.42, -0.31, 0.18],
      [-0.27, 0.55, 0.09],
      [0.61, 0.12, -0.4],
      [-0.05, 0.33, 0.72],
      [0.29, -0.64, 0.11],
      [-0.48, -0.2, 0.36],
      [0.16, 0.47, -0.23],
      [0.53, 0.08, 0.3],
    ],
    [1.2, -0.7, 0.9],
    2,
  ]),
];
