// What is left to say when a hosted page has done its work. destination is
// where the app wants the person, or nothing.
import { control, element } from '../element.js';

export function goodbye(destination) {
  return {
    name: 'goodbye',
    exitStatus: null,
    title: destination ? 'Taking you back' : 'You can close this page',
    final: true,
    draw: () => destination
      ? [
        element('p', {}, 'If nothing happens, the app is not on this device. You can close this page.'),
        element('p', {}, control('a', 'return', { href: destination, 'data-focus': '' }, 'Back to the app')),
      ]
      : [element('p', {}, 'There is nothing more to do here. Go on in the app that sent you.')],
  };
}
