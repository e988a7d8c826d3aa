// The markup of the state at the start is painted before this loads anything. It is hidden if the address holds
// another.
const load = () => {
  void import('./start.tsx').then(({ start }) => {
    start();
  });
};
if (document.body.hidden) load();
else requestAnimationFrame(() => setTimeout(load));
