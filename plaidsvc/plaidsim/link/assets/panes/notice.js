// What is wrong with a bank that the person picked, before they try in vain.
import { control, element } from '../element.js';

// The troubles a bank may have: Plaid's event for having picked it, and what
// the person is told. Past is true where they may go on in spite of it.
const unsupported = {
  event: 'SELECT_FILTERED_INSTITUTION',
  exitStatus: 'institution_not_supported',
  title: ({ name }) => `${name} is not supported`,
  text: (app) => `It does not offer what ${app} needs. Choose another bank.`,
};
const byStatus = {
  DOWN: {
    event: 'SELECT_DOWN_INSTITUTION',
    exitStatus: 'institution_not_found',
    title: ({ name }) => `${name} is down`,
    text: () => 'It cannot be connected just now. Try again later, or choose another bank.',
  },
  DEGRADED: {
    event: 'SELECT_DEGRADED_INSTITUTION',
    exitStatus: 'institution_not_found',
    title: ({ name }) => `${name} has trouble`,
    text: () => 'It may not answer, or only at the second try.',
    past: true,
  },
};

// troubleOf returns the trouble that a bank of the list has, if any.
export function troubleOf(institution) {
  return institution.supported === false ? unsupported : byStatus[institution.status];
}

// notice is answered with true to go on, or with null by going back.
export function notice(institution, app, trouble) {
  const button = (id, look, label, result, answer) => control('button', id, {
    type: 'button', className: `button${look}`, onclick: () => answer(result),
  }, label);
  return {
    name: 'notice',
    view: 'ERROR',
    exitStatus: trouble.exitStatus,
    title: trouble.title(institution),
    back: true,
    draw({ answer }) {
      const other = button('other', trouble.past ? ' quiet' : '', 'Choose another bank', null, answer);
      const actions = trouble.past ? [button('continue', '', 'Continue', true, answer), other] : [other];
      actions[0].dataset.focus = '';
      return [
        element('p', { role: 'alert' }, trouble.text(app)),
        element('div', { className: 'actions' }, ...actions),
      ];
    },
  };
}
