// Which of the bank's accounts the app may see. The backend says which are
// ticked: all for a new connection, those there are for an update.
import { element } from '../element.js';
import { form, Incomplete, submitButton } from '../form.js';

// accounts is answered with what finish(ids) returned.
export function accounts(institution, app, held, finish) {
  return {
    name: 'accounts',
    view: 'SELECT_ACCOUNT',
    exitStatus: 'requires_account_selection',
    title: 'Choose accounts',
    draw({ answer, fail }) {
      const boxes = held.map(box);
      if (boxes.length > 0) boxes[0].dataset.focus = '';
      const rows = element('ul', { className: 'rows' }, ...held.map((account, i) => row(account, boxes[i])));

      async function attempt() {
        const chosen = boxes.filter((each) => each.checked).map((each) => each.value);
        if (chosen.length === 0) throw new Incomplete('Choose at least one account.');
        return finish(chosen);
      }
      return [
        element('p', {}, `${app} will see the accounts at ${institution.name} that are ticked.`),
        form({
          button: submitButton('finish', 'Connect'), busy: 'Connecting…',
          attempt, refused: () => boxes[0]?.focus(), answer, fail,
        }, rows),
      ];
    },
  };
}

function box(account) {
  return element('input', { type: 'checkbox', value: account.id, checked: account.selected ?? true, 'data-account': account.id });
}

function row(account, input) {
  const kind = [account.subtype ?? account.type, account.mask && `•••• ${account.mask}`].filter(Boolean).join('  ');
  return element('li', {},
    element('label', { className: 'row' }, input,
      element('span', { className: 'label' }, element('strong', {}, account.name), element('small', {}, kind))));
}
