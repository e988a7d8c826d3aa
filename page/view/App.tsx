import { AlongSection } from './AlongSection.tsx';
import { BatchSection } from './BatchSection.tsx';
import { Equation } from './Equation.tsx';
import { Gradients } from './Gradients.tsx';
import { LineSection } from './LineSection.tsx';
import { Presets } from './Presets.tsx';
import { notice } from './state.ts';
import { SoftSection } from './SoftSection.tsx';
import { Theorem } from './Theorem.tsx';
import { TieSection } from './TieSection.tsx';
import { Tools } from './Tools.tsx';
import { Verdict } from './Verdict.tsx';

export function App() {
  return (
    <>
      <header>
        <h1>When is top-k differentiable?</h1>
        <p class="lead">
          Multiply <var>W</var> by <var>x</var>, keep the <var>k</var> largest entries of{' '}
          <var>y</var>, square them, and add them up. Does the loss <var>L</var> have a gradient in{' '}
          <var>W</var>, and what is it? Drag any number of <var>W</var> or <var>x</var> sideways, or
          type another.
        </p>
        <Presets />
      </header>
      <main>
        <p class="notice" role="alert">
          {notice}
        </p>
        {/* The buttons come first: nothing above them changes its height, so they stay under the pointer. */}
        <Tools />
        <Verdict />
        <section id="equation" aria-label="The equation">
          <Equation />
        </section>
        <Gradients />
        <LineSection />
        <TieSection />
        <Theorem />
        <AlongSection />
        <BatchSection />
        <SoftSection />
      </main>
    </>
  );
}
