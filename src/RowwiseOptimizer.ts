import { Optimizer, Tensor, tidy, util, variable, type Variable } from '@tensorflow/tfjs-core';
import { assertArg, checkFloat32, checkPositive } from './args/check.ts';
import { checkGradient, gradientOf } from './args/checkGradient.ts';
import { namedList } from './args/namedList.ts';
import { named } from './args/operation.ts';
import { statesByName } from './args/statesByName.ts';
import { stepRows, zeroState, type RowStep } from './gradients/stepRows.ts';
import { RowSparse } from './RowSparse.ts';
import { formatShape } from './util/formatShape.ts';

/** A gradient for each variable, by its name. */
export type NamedGradients = Record<string, Tensor | RowSparse>;
/** The same as a list, as `minimize` passes them on. */
export interface NamedGradient {
  name: string;
  tensor: Tensor | RowSparse;
}

type NamedTensor = Parameters<Optimizer['setWeights']>[0][number];

/**
 * An optimizer of tfjs whose `applyGradients` also takes row-sparse gradients, beside dense tensors in the same call. A
 * dense gradient updates every row. A row-sparse one updates its own rows only, in the variable and in the optimizer's
 * state. On wasm both are updated in place.
 */
export abstract class RowwiseOptimizer extends Optimizer {
  /** The state for each variable, by its name: tensors of its shape, for each of `stateNames`. */
  private readonly state = new Map<string, Variable[]>();
  /** The number of steps that each variable took, by its name. */
  private readonly steps = new Map<string, number>();
  private rate = NaN;

  protected abstract readonly stateNames: string[];
  /** The formula of a step, the t-th of the variable, t ≥ 1. */
  protected abstract stepAt(t: number): RowStep;

  /** A subclass sets `learningRate`. */
  protected constructor() {
    super();
  }

  get learningRate(): number {
    return this.rate;
  }

  /** May be set between steps, as by a schedule. @throws unless it is positive and finite in float32. */
  set learningRate(learningRate: number) {
    this.setLearningRate(learningRate);
  }

  /** Sets `learningRate`; tf.train.sgd has this, too. @throws unless it is positive and finite in float32. */
  setLearningRate(learningRate: number): void {
    named(this.getClassName(), () => {
      checkPositive(learningRate, 'learningRate');
      checkFloat32(learningRate, 'learningRate');
    });
    this.rate = learningRate;
  }

  /**
   * @param gradients by the names of the variables: `{[W.name]: dW}`, or a list of `{name, tensor}`.
   * @throws if there is no such variable, or the gradient is not float32 or not of its shape; nothing is updated.
   */
  override applyGradients(gradients: NamedGradients | NamedGradient[]): void {
    named(`${this.getClassName()}.applyGradients`, () => {
      const list = namedList(gradients) as NamedGradient[];
      // tfjs's `minimize` passes no gradient for a variable that has no influence.
      const given = list.filter(({ tensor }) => (tensor as unknown) != null);
      const updates = given.map(({ name, tensor }) => {
        const gradient = partsOf(tensor, name);
        const W = checkGradient(name, tensor, gradient);
        this.checkState(W);
        return { W, gradient };
      });
      for (const { W, gradient } of updates) {
        const t = (this.steps.get(W.name) ?? 0) + 1;
        stepRows(W, this.stateOf(W), gradient, this.stepAt(t));
        this.steps.set(W.name, t);
      }
      this.incrementIterations();
    });
  }

  /**
   * The number of steps so far, then the state: the first of `stateNames` for every variable, then the next. As in tfjs
   * the tensors are the optimizer's own, which the next step changes: to return to them later, clone them. How
   * many of the steps each variable took is not among them: `setWeights` takes it for all.
   */
  override async getWeights(): Promise<NamedTensor[]> {
    const states = [...this.state].flatMap(([name, variables]) =>
      variables.map((tensor, i) => ({ i, name: `${name}/${this.stateNames[i]}`, tensor })),
    );
    const ordered = states.sort((a, b) => a.i - b.i).map(({ name, tensor }) => ({ name, tensor }));
    return [await this.saveIterations(), ...ordered];
  }

  /**
   * Takes what `getWeights` returned, in any order after the number of steps, for variables of the same names.
   *
   * @throws unless there is a number of steps, and each state of each variable, and nothing else; the optimizer is
   *   unchanged.
   */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const states = named(`${this.getClassName()}.setWeights`, () =>
      statesByName(weights, this.stateNames),
    );
    const [steps] = await weights[0].tensor.data();
    named(`${this.getClassName()}.setWeights`, () => {
      const isCount = Number.isInteger(steps) && steps >= 0;
      assertArg(isCount, "'iter' of weights", 'be an integer >= 0', { value: steps });
    });
    await this.extractIterations(weights);
    const copies = [...states].map(([name, tensors]) => {
      return [name, tidy(() => tensors.map((tensor) => variable(tensor, false)))] as const;
    });
    this.disposeState(); // only now, for the weights may be this optimizer's own
    for (const [name, variables] of copies) {
      this.state.set(name, variables);
      this.steps.set(name, this.iterations);
    }
  }

  override dispose(): void {
    this.disposeState();
  }

  private checkState(W: Variable): void {
    for (const { shape } of this.state.get(W.name) ?? []) {
      const rule = `have the shape ${formatShape(shape)} of the earlier steps`;
      assertArg(util.arraysEqual(shape, W.shape), W.name, rule, W);
    }
  }

  private stateOf(W: Variable): Variable[] {
    const state = this.state.get(W.name) ?? zeroState(W, this.stateNames.length);
    this.state.set(W.name, state);
    return state;
  }

  private disposeState(): void {
    for (const variables of this.state.values()) for (const each of variables) each.dispose();
    this.state.clear();
    this.steps.clear();
  }
}

/** The tensors that a gradient is made of. */
function partsOf(gradient: Tensor | RowSparse, name: string): Tensor | Tensor[] {
  if (gradient instanceof Tensor) return gradient;
  const isRowSparse = (gradient as unknown) instanceof RowSparse;
  assertArg(isRowSparse, gradientOf(name), 'be a tensor or a RowSparse', { value: gradient });
  return [gradient.indices, gradient.coefficients, gradient.x];
}
