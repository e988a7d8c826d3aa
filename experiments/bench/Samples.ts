import { formatTable } from '../notebook/formatTable.ts';
import type { Task } from './inputs.ts';

/** The times of each contender at each task by rounds, in ms, and whether what they found is the same. */
export class Samples {
  /** How many results were compared with the first one of their task. */
  compared = 0;
  readonly different: string[] = [];
  readonly tasks = new Map<string, { task: Task; times: Record<string, number[][]> }>();
  private readonly found = new Map<string, number[]>();
  private readonly reference: string;

  /** @param reference the contender that the others are divided by. */
  constructor(reference: string) {
    this.reference = reference;
  }

  /** Top-k's values must be equal; sums may differ by the rounding of their order. */
  compare({ id, work }: Task, name: string, found: number[]): void {
    this.compared++;
    const first = this.found.get(id) ?? found;
    this.found.set(id, first);
    // Of a gradient, first come two sums, and then dx.
    const greatest = first.slice(2).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const tolerance = (i: number) =>
      work === 'topk' ? 0 : 1e-3 * (i < 2 ? Math.abs(first[i]) : greatest);
    const isSame = (entry: number, i: number) =>
      Object.is(entry, first[i]) || Math.abs(entry - first[i]) <= tolerance(i);
    if (found.length !== first.length || !found.every(isSame))
      this.different.push(`${id}: ${name}`);
  }

  /** Adds a round. */
  add(task: Task, name: string, times: number[]): void {
    const entry = this.tasks.get(task.id) ?? { task, times: {} };
    this.tasks.set(task.id, entry);
    (entry.times[name] ??= []).push(times);
  }

  /** Whether there are times of the contender. */
  has({ id }: Task, name: string): boolean {
    return this.tasks.get(id)?.times[name] !== undefined;
  }

  /** The median, in ms. */
  median(task: Task, name: string): number {
    return median(this.rounds(task, name).flat());
  }

  /**
   * How many times as long one contender takes as another. Each round is compared with itself: from one to
   * the next the machine may be faster or slower. The median of these.
   */
  ratio(task: Task, slower: string, faster: string): number {
    const others = this.rounds(task, faster);
    const rounds = this.rounds(task, slower);
    return median(rounds.map((times, round) => median(times) / median(others[round])));
  }

  private rounds({ id }: Task, name: string): number[][] {
    const rounds = this.tasks.get(id)?.times[name];
    if (!rounds) throw new Error(`${name} has no times of ${id}`);
    return rounds;
  }

  /** The contenders at a task, the fastest first. */
  table(task: Task): string {
    const times = Object.entries(this.tasks.get(task.id)?.times ?? {});
    const reference = times.some(([name]) => name === this.reference)
      ? this.reference
      : times[0][0];
    const rows = times
      .map(([name]) => name)
      .sort((a, b) => this.median(task, a) - this.median(task, b))
      .map((name) => {
        const all = this.rounds(task, name).flat();
        const figures = [median(all), Math.min(...all), Math.max(...all)];
        return [name, ...figures.map(short), `${short(this.ratio(task, name, reference))} ×`];
      });
    return `${task.id}\n${formatTable([['', 'ms', 'min', 'max', `÷ ${reference}`], ...rows])}`;
  }

  /** All times, with what they were measured on. */
  json(about: object): string {
    return `${JSON.stringify({ ...about, tasks: [...this.tasks.values()] }, null, 1)}\n`;
  }
}

/** Of an even number of times, the mean of the two in the middle. */
function median(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

const short = (value: number) => String(Number(value.toPrecision(3)));
