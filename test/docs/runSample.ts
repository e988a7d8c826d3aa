import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import ts from 'typescript';
import * as library from '../../src/index.ts';
import * as layers from '../../src/layers/index.ts';
import { formatOutput } from './formatOutput.ts';
import { instrument } from './instrument.ts';
import { matchError, matchOutput } from './matchOutput.ts';
import type { SampleProgram } from './SampleProgram.ts';

const MODULES: Partial<Record<string, object>> = {
  '@tensorflow/tfjs': tf,
  '@tensorflow/tfjs-backend-wasm': wasm,
  'tfjs-topk-grad': library,
  'tfjs-topk-grad/layers': layers,
};

type AsyncFunctionConstructor = new (
  ...parametersAndBody: string[]
) => (...args: unknown[]) => Promise<Record<string, unknown>>;

/** What a run of a sample has shown. */
interface SampleRun {
  /** how many outputs its comments show */
  outputs: number;
  /** where one of them is not what came out */
  mismatches: string[];
  /** what it declares as `function` at its top level, by name */
  functions: Record<string, unknown>;
}

/** Runs a sample, and compares what it computes with the comments beside it. It starts on the backend. */
export async function runSample(
  { file, source }: SampleProgram,
  backend = 'cpu',
): Promise<SampleRun> {
  const instrumented = instrument(source);
  const { outputText } = ts.transpileModule(instrumented.source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const found = new Map<number, { text: string; matches: boolean }>();
  const shows = (i: number, text: string) => {
    found.set(i, { text, matches: matchOutput(text, instrumented.shown[i].comment) });
  };
  const parameters = {
    exports: {},
    require: (name: string) => MODULES[name],
    shown(i: number, value: unknown) {
      shows(i, formatOutput(value));
    },
    printed(i: number, ...values: unknown[]) {
      shows(i, values.map((v) => (typeof v === 'string' ? v : formatOutput(v))).join(' '));
    },
    throws(i: number, run: () => unknown) {
      const message = errorOf(run);
      const matches = message !== undefined && matchError(message, instrumented.shown[i].comment);
      found.set(i, { text: message ?? 'no error', matches });
    },
  };

  const names = Array.from(source.matchAll(/^function (\w+)/gm), ([, name]) => name);
  const body = `${outputText}\nreturn { ${names.join(', ')} };`;
  const AsyncFunction = runSample.constructor as AsyncFunctionConstructor;
  let functions: Record<string, unknown>;
  await tf.setBackend(backend);
  tf.engine().startScope();
  try {
    functions = await new AsyncFunction(...Object.keys(parameters), body)(
      ...Object.values(parameters),
    );
  } finally {
    tf.engine().endScope();
    await tf.setBackend('cpu');
  }
  const mismatches = instrumented.shown.flatMap(({ line, comment }, i) => {
    const { text, matches } = found.get(i) ?? { text: 'nothing: it did not run', matches: false };
    return matches ? [] : [`${file}:${String(line)}: got ${text}, but the comment says ${comment}`];
  });
  return { outputs: instrumented.shown.length, mismatches, functions };
}

function errorOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
