import type { ComponentChildren } from 'preact';

interface MatrixProps {
  /** The symbol above it: W. */
  name: ComponentChildren;
  /** What it is, for screen readers: 'W, 6 rows and 6 columns'. */
  label: string;
  /** The longest entry, in characters; the cells are that wide. */
  width: number;
  /** The characters that cells are wide for at least, where the screen is. By default so many as `width`. */
  room?: number;
  columns: ComponentChildren[];
  class?: string;
  /** The rows, as tr. */
  children: ComponentChildren;
}

/** A matrix between brackets, with its column numbers above it. */
export function Matrix({
  name,
  label,
  width,
  room = 0,
  columns,
  class: kind = '',
  children,
}: MatrixProps) {
  const chars = { '--chars': String(width), '--room': String(Math.max(room, width)) };
  return (
    <figure class={`matrix ${kind}`} style={chars}>
      <figcaption>{name}</figcaption>
      <table aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map((column, j) =>
              column === '' ? (
                <td key={j} />
              ) : (
                <th key={j} scope="col">
                  {column}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </figure>
  );
}
