// Where a bank's own site asks what it may share, and with whom.
import { choices, kind } from '../choices.js';
import { control, element } from '../element.js';
import { form, Incomplete, submitButton } from '../form.js';

// consent is answered with the ids of the accounts to share, or with null. In
// an update without a selection all of them stay shared, and there are no ids.
export function consent(app, { accounts, skip_accounts }) {
  return {
    name: 'consent',
    exitStatus: null,
    title: `Share with ${app}?`,
    draw({ answer, fail }) {
      const button = submitButton('agree', 'Agree');
      const list = skip_accounts ? plain(accounts) : choices(accounts, (n) => button.allow(n > 0));
      if (skip_accounts) button.node.dataset.focus = '';

      async function attempt() {
        const ids = list.chosen();
        if (ids.length === 0 && !skip_accounts) throw new Incomplete('Choose at least one account, or decline.');
        return ids;
      }
      const decline = control('button', 'decline', {
        type: 'button', className: 'button quiet', onclick: () => answer(null),
      }, 'Decline');
      return [
        element('p', {}, `${app} asks to see these accounts for as long as you let it.`),
        form({ button, busy: 'One moment…', attempt, refused: list.focus, answer, fail, beside: [decline] }, list.node),
      ];
    },
  };
}

function plain(accounts) {
  return {
    node: element('ul', { className: 'facts' },
      ...accounts.map((account) => element('li', {}, `${account.name}, ${kind(account)}`))),
    chosen: () => [],
    focus() {},
  };
}
