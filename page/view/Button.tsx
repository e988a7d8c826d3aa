import type { ComponentChildren } from 'preact';

interface ButtonProps {
  label?: string;
  isDisabled: boolean;
  onPress: () => void;
  children: ComponentChildren;
}

/** A button that keeps the focus where its own press disables it: one that is `disabled` would lose it. */
export const Button = ({ label, isDisabled, onPress, children }: ButtonProps) => (
  <button
    type="button"
    aria-label={label}
    aria-disabled={isDisabled}
    onClick={() => {
      if (!isDisabled) onPress();
    }}
  >
    {children}
  </button>
);
