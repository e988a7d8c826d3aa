import { mayOverflow } from '../../experiments/cli/mayOverflow.ts';
import {
  DIRECTIONS,
  SEEDS,
  START,
  STEP_EXPONENTS,
  TEMPERATURE_EXPONENTS,
  type PageState,
} from './PageState.ts';
import { MAX_LENGTH, numbersOf, type Problem } from './Problem.ts';
import { readEntry } from './readEntry.ts';

/** The parts of an address. */
const NAMES = ['W', 'x', 'k', 'h', 'along', 'seed', 'soft', 'batch'];

/**
 * Reads what toHash writes. What is left out is as at the start.
 *
 * @throws RangeError that names the part that cannot be read.
 */
export function fromHash(hash: string): PageState {
  const parts = new Map(
    decode(hash.replace(/^#/, ''))
      .split('&')
      .filter((part) => part !== '')
      .map((part): [string, string] => {
        const [name, ...text] = part.split('=');
        return [name, text.join('=')];
      }),
  );
  const integer = (name: string, { min, max }: { min: number; max: number }, usual: number) => {
    const text = parts.get(name) ?? String(usual);
    const isInteger = /^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
    return isInteger
      ? Number(text)
      : refuse(name, `be an integer in [${String(min)}, ${String(max)}]`, text);
  };
  const unknown = [...parts.keys()].find((name) => !NAMES.includes(name));
  if (unknown !== undefined) refuse('each part', `be one of ${NAMES.join(', ')}`, unknown);
  const along = parts.get('along') ?? START.direction;
  return {
    problem: readProblem(parts, integer),
    stepExponent: integer('h', STEP_EXPONENTS, START.stepExponent),
    direction:
      DIRECTIONS.find((name) => name === along) ??
      refuse('along', `be one of ${DIRECTIONS.join(', ')}`, along),
    seed: integer('seed', SEEDS, START.seed),
    temperatureExponent: integer('soft', TEMPERATURE_EXPONENTS, START.temperatureExponent),
    batch: readBatch(parts.get('batch')),
  };
}

type ReadInteger = (name: string, range: { min: number; max: number }, usual: number) => number;

function readProblem(parts: Map<string, string>, integer: ReadInteger): Problem {
  const [W, x] = [parts.get('W'), parts.get('x')];
  if (W === undefined && x === undefined && !parts.has('k')) return START.problem;
  if (W === undefined || x === undefined) throw new RangeError('W and x must both be given');
  const rows = W.split(';').map((row, i) => readEntries(`W[${String(i)}]`, row));
  const problem = { W: rows, x: readEntries('x', x) };
  const d = problem.x.length;
  const ragged = rows.findIndex((row) => row.length !== d);
  if (ragged >= 0)
    refuse(`W[${String(ragged)}]`, `have ${String(d)} entries, as x has`, rows[ragged].join(','));
  if (Math.max(rows.length, d) > MAX_LENGTH) {
    refuse(
      'W',
      `have at most ${String(MAX_LENGTH)} rows and columns`,
      `${String(rows.length)} × ${String(d)}`,
    );
  }
  const k = integer('k', { min: 0, max: rows.length }, Math.min(START.problem.k, rows.length));
  const numbers = numbersOf({ ...problem, k });
  if (mayOverflow(numbers.W, numbers.x)) throw new RangeError('W and x are too large for float32');
  return { ...problem, k };
}

function readEntries(name: string, text: string): string[] {
  return text.split(',').map((entry, j) => {
    try {
      return readEntry(entry);
    } catch (error) {
      throw new RangeError(`${name}[${String(j)}] ${(error as Error).message}`, { cause: error });
    }
  });
}

function readBatch(text: string | undefined): PageState['batch'] {
  if (text === undefined) return START.batch;
  const [weights, examples, ...more] = text.split(';').map((part) => readEntries('batch', part));
  const isPair = [weights, examples].every((part: string[] | undefined) => part?.length === 2);
  if (!isPair || more.length > 0) refuse('batch', 'be two weights; two examples', text);
  if (mayOverflow([weights.map(Number)], examples.map(Number))) {
    throw new RangeError('batch is too large for float32');
  }
  return { weights, examples };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError('a % in it must begin the code of a character, such as %20');
  }
}

function refuse(name: string, rule: string, value: string): never {
  const got = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  throw new RangeError(`${name} must ${rule}, got ${JSON.stringify(got)}`);
}
