/** The theorem in short; docs/theory.md proves it. */
export function Theorem() {
  return (
    <section id="theorem">
      <h2>The theorem</h2>
      <p class="prose">
        Let <var>τ</var> be the <var>k</var>-th largest entry of <var>y</var> = <var>Wx</var>, and
        the margin <var>m</var> the difference between it and the next one. (Where none or all of
        the rows are selected, <var>m</var> is infinite, whatever <var>τ</var>.) Then for{' '}
        <var>L</var>(<var>W</var>) = Σ topk(<var>Wx</var>)²:
      </p>
      <ol class="prose">
        <li>
          <var>L</var> is differentiable at <var>W</var> if and only if <var>m</var> &gt; 0, or{' '}
          <var>τ</var> = 0, as where <var>x</var> = 0. That holds for almost every <var>W</var>.
        </li>
        <li>
          There the gradient is 2 (<var>S</var>ᵀ<var>S</var> <var>y</var>) <var>x</var>ᵀ: the
          selected rows are 2 <var>yᵢ</var> <var>x</var>ᵀ, and the others are 0.
        </li>
        <li>
          While <var>W</var> moves by less than <var>m</var> / (√2 ‖<var>x</var>‖), in the Frobenius
          norm (by any distance, if <var>x</var> = 0), the same rows are selected, and the loss is
          exactly a parabola. Just beyond, in the worst direction, another row is selected.
        </li>
        <li>
          At a tie with <var>τ</var> ≠ 0 there is no gradient, but a set of generalized gradients
          (Clarke’s): the tied rows get weights in [0, 1], which sum to the number of them that are
          selected.
        </li>
      </ol>
    </section>
  );
}
