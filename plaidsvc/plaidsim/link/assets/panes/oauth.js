// A bank that lets nobody else ask for its password: the way to its own site.
import { control, element } from '../element.js';
import { form, submitButton } from '../form.js';

// oauth is answered with what go returned, or with null by going back. go opens
// the bank's window and tells its callback which one it is.
export function oauth(institution, app, go, { back }) {
  return {
    name: 'oauth',
    view: 'OAUTH',
    exitStatus: 'requires_oauth',
    title: `Continue to ${institution.name}`,
    back,
    draw({ answer, fail }) {
      const button = submitButton('open-bank', `Continue to ${institution.name}`);
      const status = control('p', 'oauth-status', { role: 'status' });
      let window = null;
      button.node.dataset.focus = '';
      return [
        element('p', {}, `${institution.name} signs you in on its own site, in a window of its own. There you say what ${app} may see.`),
        element('p', { className: 'hint' }, 'This is a simulator: the site is ours, not the bank’s.'),
        form({
          button, busy: 'Show the bank’s window', again: () => window?.focus(),
          attempt: async () => go((opened) => {
            window = opened;
            status.textContent = 'The bank’s window is open. Go on there.';
          }).finally(() => { status.textContent = ''; }),
          refused: () => button.node.focus(), answer, fail,
        }, status),
      ];
    },
  };
}
