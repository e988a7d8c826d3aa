import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { readEntry } from '../state/readEntry.ts';
import { stepEntry } from '../state/stepEntry.ts';
import { generation } from './state.ts';
import { useScrub } from './useScrub.ts';
import { Wrong } from './Wrong.tsx';

interface NumberCellProps {
  /** What the number is called: 'W, row 0, column 3'. */
  label: string;
  /** The number, as the page has it. */
  text: string;
  /** Takes another number. Throws an error that says what is wrong with it. */
  onEntry: (text: string) => void;
}

/** What is being typed. */
interface Draft {
  typed: string;
  /** The number before that, and the one that the page has meanwhile: if it gets another one, the draft is void. */
  before: string;
  kept: string;
  wrong?: string;
  generation: number;
}

const STEPS: Record<string, number | undefined> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** A number that can be typed, dragged, and stepped with the arrow keys. A wrong one says why, beside it. */
export function NumberCell({ label, text, onEntry }: NumberCellProps) {
  const id = useId();
  const draft = useSignal<Draft | undefined>(undefined);
  const isCurrent = draft.value?.kept === text && draft.value.generation === generation.value;
  const current = isCurrent ? draft.value : undefined;
  const keep = (typed: string, before: string, kept: string, wrong?: string) => {
    draft.value = { typed, before, kept, wrong, generation: generation.peek() };
  };

  const offer = (typed: string): string | undefined => {
    try {
      onEntry(typed);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  /** Takes what is typed; if it is wrong, all is as before the first key: '1/3' leaves no 1 behind. */
  const type = (typed: string) => {
    const before = current?.before ?? text;
    const wrong = offer(typed);
    if (wrong !== undefined && text !== before) offer(before);
    keep(typed, before, wrong === undefined ? readEntry(typed) : before, wrong);
  };
  const stepFrom = (start: string, steps: number, input?: HTMLInputElement) => {
    const typed = stepEntry(start, steps);
    // For the input in focus the browser then computes the layout: at once, while nothing else has changed.
    if (input) input.value = typed;
    const wrong = offer(typed);
    if (wrong === undefined) draft.value = undefined;
    else keep(typed, start, start, wrong);
  };
  const scrub = useScrub(() => (steps) => {
    stepFrom(text, steps);
  });
  return (
    <span class="cell">
      <input
        {...scrub}
        class="number"
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={Number(text)}
        aria-valuetext={text}
        aria-invalid={current?.wrong !== undefined}
        aria-describedby={current?.wrong === undefined ? undefined : id}
        autocomplete="off"
        spellcheck={false}
        value={current?.typed ?? text}
        onInput={({ currentTarget: { value } }) => {
          type(value);
        }}
        onBlur={() => {
          if (current?.wrong === undefined) draft.value = undefined;
        }}
        onKeyDown={(event) => {
          const steps = STEPS[event.key];
          if (event.key === 'Escape') {
            if (current) offer(current.before);
            draft.value = undefined;
          }
          if (event.key === 'Enter' && current?.wrong === undefined) draft.value = undefined;
          if (steps === undefined) return;
          event.preventDefault();
          stepFrom(text, steps * (event.shiftKey ? 10 : 1), event.currentTarget);
        }}
      />
      {current?.wrong !== undefined && (
        <Wrong id={id}>
          {`An entry ${current.wrong}${
            current.wrong.includes('decimal number') ? '. Write it as 0.25, -3 or 2e6' : ''
          }; the number stays ${current.kept}.`}
        </Wrong>
      )}
    </span>
  );
}
