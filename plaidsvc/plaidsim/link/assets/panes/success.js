// The last pane of a session that went well. The accounts are connected; the
// app hears of it when the person moves on. It is answered with true by a person
// who wants to connect another bank, where that is offered.
import { control, element } from '../element.js';

export function success(app, { institution, accounts }, { update_mode, multi_item }) {
  const count = accounts.length === 1 ? '1 account' : `${accounts.length} accounts`;
  return {
    name: 'success',
    view: 'CONNECTED',
    exitStatus: null,
    title: update_mode ? 'Reconnected' : 'Connected',
    final: true,
    draw: ({ answer }) => [
      element('p', {}, `${app} can now see ${count} at ${institution?.name ?? 'the bank'}.`),
      element('ul', { className: 'facts done' }, ...accounts.map((account) => element('li', {}, account.name))),
      element('div', { className: 'actions' },
        multi_item ? control('button', 'another', {
          type: 'button', className: 'button quiet', onclick: () => answer(true),
        }, 'Connect another bank') : '',
        control('button', 'done', {
          type: 'button', className: 'button', 'data-focus': '', onclick: () => answer(),
        }, `Return to ${app}`)),
    ],
  };
}
