/** A vector that is 0 outside of `entries`, which begin at `offset`. */
export interface Block {
  offset: number;
  entries: Float64Array;
}

/**
 * A tie at one example's threshold. As the variable moves by z, the i-th tied entry moves by ⟨vᵢ, z⟩, and where R ⊂ T
 * is selected, the gradient has the term φ′(τ) Σ_R vᵢ. In W, vᵢ = eᵢ xᵀ; in x, vᵢ = wᵢ.
 */
export interface Choice {
  /** vᵢ for i in T. */
  vectors: Block[];
  /** r = |R|. */
  remaining: number;
  /** φ′(τ). */
  slope: number;
}

/** A loss whose gradient nearby is `fixed` plus one term for each choice. */
export interface ChoiceGradient {
  shape: number[];
  fixed: Float64Array;
  choices: Choice[];
  /** For each entry, the sum of the absolute values of all terms that it can have. */
  scale: Float64Array;
  /** Whether the Clarke subdifferential is the sum of one for each choice. */
  isSum: boolean;
}
