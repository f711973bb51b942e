// What is shown until there is something to show.
import { element } from '../element.js';

export function loading(words = 'Asking the simulator for a session.') {
  return {
    name: 'loading',
    exitStatus: null,
    title: 'One moment',
    draw: () => [element('p', {}, words)],
  };
}
