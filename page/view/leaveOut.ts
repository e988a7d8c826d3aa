/**
 * Lets the browser leave out what is not on the screen, once it has laid out all of it: so it knows how high each
 * section is, nothing jumps, and links reach their targets, also in sections that have grown since.
 */
export function leaveOut(): void {
  const { classList } = document.body;
  classList.remove('laid-out');
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      classList.add('laid-out');
    });
  });
}
