// What is shown until the backend has begun the session.
import { element } from '../element.js';

export function loading() {
  return {
    name: 'loading',
    exitStatus: null,
    title: 'One moment',
    draw: () => [element('p', {}, 'Asking the simulator for a session.')],
  };
}
