import { formatTable } from '../notebook/formatTable.ts';
import { median } from './median.ts';
import type { Task } from './Task.ts';

/** The times of all contenders at all tasks, in ms, and whether their results agree. */
export class Samples {
  /** The number of results that were compared. */
  compared = 0;
  /** The results that differ from the first one of their task. */
  readonly different: string[] = [];
  /** By task id; each contender has one list of times per round. */
  readonly tasks = new Map<string, { task: Task; times: Record<string, number[][]> }>();
  private readonly expected = new Map<string, number[]>();
  private readonly reference: string;

  /** @param reference the contender to which `table` compares the others. */
  constructor(reference: string) {
    this.reference = reference;
  }

  /**
   * Compares a result with the first one of its task: exactly for top-k; within a tolerance for
   * gradients, because they are sums whose rounding depends on the order of summation.
   */
  compare({ id, work }: Task, name: string, found: number[]): void {
    this.compared++;
    const expected = this.expected.get(id) ?? found;
    this.expected.set(id, expected);
    // A gradient's result is two sums followed by dx.
    const maxAbs = expected.slice(2).reduce((max, entry) => Math.max(max, Math.abs(entry)), 0);
    const tolerance = (i: number) =>
      work === 'topk' ? 0 : 1e-3 * (i < 2 ? Math.abs(expected[i]) : maxAbs);
    const isSame = (entry: number, i: number) =>
      Object.is(entry, expected[i]) || Math.abs(entry - expected[i]) <= tolerance(i);
    if (found.length !== expected.length || !found.every(isSame))
      this.different.push(`${id}: ${name}`);
  }

  /** Adds the times of one round. */
  add(task: Task, name: string, times: number[]): void {
    const entry = this.tasks.get(task.id) ?? { task, times: {} };
    this.tasks.set(task.id, entry);
    (entry.times[name] ??= []).push(times);
  }

  has({ id }: Task, name: string): boolean {
    return this.tasks.get(id)?.times[name] !== undefined;
  }

  /** The median time of a contender, in ms. */
  median(task: Task, name: string): number {
    return median(this.rounds(task, name).flat());
  }

  /**
   * The time of one contender over that of another: the median over rounds of the ratio of medians,
   * because the speed of the machine may change from round to round.
   */
  ratio(task: Task, slower: string, faster: string): number {
    const others = this.rounds(task, faster);
    const rounds = this.rounds(task, slower);
    return median(rounds.map((times, round) => median(times) / median(others[round])));
  }

  private rounds({ id }: Task, name: string): number[][] {
    const rounds = this.tasks.get(id)?.times[name];
    if (!rounds) throw new Error(`Samples: ${name} has no times for ${id}`);
    return rounds;
  }

  /** A table of the contenders at a task, fastest first. */
  table(task: Task): string {
    const names = Object.keys(this.tasks.get(task.id)?.times ?? {});
    const reference = names.includes(this.reference) ? this.reference : names[0];
    const rows = names
      .sort((a, b) => this.median(task, a) - this.median(task, b))
      .map((name) => {
        const all = this.rounds(task, name).flat();
        const figures = [median(all), Math.min(...all), Math.max(...all)];
        return [name, ...figures.map(format), `${format(this.ratio(task, name, reference))} ×`];
      });
    return `${task.id}\n${formatTable([['', 'ms', 'min', 'max', `÷ ${reference}`], ...rows])}`;
  }

  /** All samples as JSON, together with properties that describe the run. */
  json(run: object): string {
    return `${JSON.stringify({ ...run, tasks: [...this.tasks.values()] }, null, 1)}\n`;
  }
}

const format = (value: number) => String(Number(value.toPrecision(3)));
