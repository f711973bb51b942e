// walk moves the focus by arrow keys through the stops of a list, which are the
// fields and buttons below the node that listens. It stays at both ends.
export function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll('input, button')];
  stops[stops.indexOf(event.target) + step]?.focus();
}
