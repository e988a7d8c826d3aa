/** Okabe and Ito's palette, which is safe for colour-blind readers. */
export const COLOURS = {
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  green: '#009E73',
  blue: '#0072B2',
  vermilion: '#D55E00',
  purple: '#CC79A7',
  ink: '#1f2328',
  faint: '#6e7781',
} as const;
