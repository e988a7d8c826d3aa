import { PRESETS, type Preset } from '../state/presets.ts';
import { origin, problem, readState, writeState } from './state.ts';

/** Sentences to start from. */
export function Presets() {
  return (
    <nav class="presets" aria-label="Examples">
      <ul>
        {PRESETS.map((preset) => (
          <li key={preset.sentence}>
            <button
              type="button"
              aria-pressed={preset.problem === origin.value && preset.problem === problem.value}
              onClick={() => {
                show(preset);
              }}
            >
              {preset.sentence}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function show({ problem, stepExponent, section }: Preset): void {
  writeState({ ...readState(), problem, stepExponent });
  if (section === 'batch') document.getElementById(section)?.scrollIntoView();
}
