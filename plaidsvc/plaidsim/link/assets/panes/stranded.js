// What a bank's window shows when Link is not behind it.
import { element } from '../element.js';

export function stranded() {
  return {
    name: 'stranded',
    exitStatus: null,
    title: 'Nobody sent you here',
    draw: () => [element('p', {}, 'This page belongs to Link, which is closed or was reloaded. Close this window, and start again in the app.')],
  };
}
