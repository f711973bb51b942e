// Which of the bank's accounts the app may see. Those that the app's filters
// leave out are not among them.
import { choices } from '../choices.js';
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
      const button = submitButton('finish', 'Connect');
      const list = choices(held, (n) => button.allow(n > 0));

      async function attempt() {
        const chosen = list.chosen();
        if (chosen.length === 0) throw new Incomplete('Choose at least one account.');
        return finish(chosen);
      }
      return [
        element('p', {}, `${app} will see the accounts at ${institution.name} that are ticked.`),
        form({ button, busy: 'Connecting…', attempt, refused: list.focus, answer, fail }, list.node),
      ];
    },
  };
}
