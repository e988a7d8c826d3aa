import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { HELP } from '../../../experiments/cli/help.ts';
import { options } from '../../../experiments/cli/options.ts';
import { runExperiment } from '../../../experiments/cli/runExperiment.ts';
import { UsageError } from '../../../experiments/cli/UsageError.ts';
import { useBackend } from '../../../experiments/cli/useBackend.ts';

jest.mock(
  '@tensorflow/tfjs-node',
  () => {
    throw new Error('hidden by this test');
  },
  { virtual: true },
);

describe('runExperiment', () => {
  it('prints every option and exit status with --help', async () => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await runExperiment(options(['--help']));
    const calls = write.mock.calls;
    write.mockRestore();
    expect(calls).toEqual([[HELP]]);
    const names = ['--input', '--w', '--x', '--k', '--backend', '--save', '--quick', '--peers'];
    for (const part of [...names, '--help', 'Exit status']) expect(HELP).toContain(part);
  });

  it.each([
    [
      ['sed'],
      "unknown experiment 'sed'; choose one of seed, differentiability, jacobian, precision, rarity, checker, " +
        'backends, cost, speed, operators, gpu, soft, sparse-autoencoder, models',
    ],
    [['seed', '--backend', 'gpu'], "--backend must be cpu, wasm or tensorflow, got 'gpu'"],
  ])('rejects %j', async (args, message) => {
    await expect(runExperiment(options(args))).rejects.toEqual(new UsageError(message));
  });

  it('rejects a folder in which the run could not be saved, before it is run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'run-'));
    writeFileSync(join(folder, 'seed-9.svg'), 'mine');
    const run = runExperiment(options(['seed', '--backend', 'cpu', '--save', folder]));
    await expect(run).rejects.toThrow(/seed-9\.svg stands in the way/);
    symlinkSync('missing', join(folder, 'dangling'));
    for (const name of ['dangling', 'seed-9.svg', 'seed-9.svg/in']) {
      const save = join(folder, name);
      await expect(
        runExperiment(options(['seed', '--backend', 'cpu', '--save', save])),
      ).rejects.toThrow(`${save} cannot be written`);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('useBackend, without @tensorflow/tfjs-node', () => {
  it('picks wasm, the next fastest', async () => {
    await useBackend();
    expect(tf.getBackend()).toBe('wasm');
  });

  it('says how to install tensorflow if it is asked for', async () => {
    await expect(useBackend('tensorflow')).rejects.toEqual(
      new UsageError(
        '--backend tensorflow does not start: hidden by this test; install: ' +
          'npm install --no-save @tensorflow/tfjs-node@4.22.0 ' +
          '(if its download fails: npm run build:tensorflow)',
      ),
    );
  });
});
