// Draws the charts of experiments whose results vary from run to run, from constant data, into the
// folder that the first argument names. To update the expected charts after a change that you have
// looked at: npx ts-node test/experiments/charts/drawCharts.ts test/experiments/charts
import { join } from 'node:path';
import { featureImages } from '../../../experiments/charts/featureImages.ts';
import { masksAgainstTemperature } from '../../../experiments/charts/masksAgainstTemperature.ts';
import { numberLine } from '../../../experiments/charts/numberLine.ts';
import { speedChart } from '../../../experiments/charts/speedChart.ts';
import { training } from '../../../experiments/charts/training.ts';
import { Samples } from '../../../experiments/bench/Samples.ts';
import { topkTask } from '../../../experiments/bench/topkTask.ts';
import { renderChart } from '../../../experiments/notebook/renderChart.ts';
import { saveFile } from '../../../experiments/notebook/saveFile.ts';

const samples = new Samples('this package, wasm');
const tasks = [1e3, 1e4, 1e5, 1e6].map((n) => topkTask(n, 32));
/** By contender, the time per entry in ns. */
const perEntry = {
  'one read of the data': 0.05,
  'this package, wasm': 0.08,
  'this package, cpu': 0.7,
  'tfjs, wasm': 2.4,
  PyTorch: 1.8,
  'tfjs, cpu': 70,
};
for (const task of tasks) {
  for (const [name, time] of Object.entries(perEntry)) {
    samples.add(task, name, [1e-6 * (task.n * time + 1000)]);
  }
}

const temperatures = [0.01, 0.1, 1, 10];
const masks = Object.fromEntries(
  ['logistic', 'clip'].map((kind) => [
    kind,
    temperatures.map((τ) => [1, 0.5 + 0.5 / (1 + τ), 0.5 - 0.5 / (1 + τ), 0]),
  ]),
);
const history = [0, 200, 400, 600].map((step) => ({
  step,
  loss: step === 0 ? NaN : 300 / step,
  recovered: 1 - 1 / (1 + step / 50),
}));

/** R3: more numbers than a function may have arguments. */
const crowd = Array.from({ length: 200_000 }, (_, i) => Math.sin(i)).sort((a, b) => b - a);

const charts = {
  speed: speedChart(samples, tasks),
  masks: masksAgainstTemperature(temperatures, masks, [2, 1, 0, -1]),
  training: training(history),
  features: featureImages([[0, 1, 1, -0.5], [2, 0, 0.1, 0]]), // prettier-ignore
  crowdedAtOnePlace: numberLine(new Array<number>(200_000).fill(1), 1, 0),
  crowded: numberLine(crowd, 83, crowd[82] - crowd[83]),
};
for (const [name, chart] of Object.entries(charts)) {
  saveFile(join(process.argv[2], `${name}.svg`), renderChart(name, chart));
}
