// What the session cannot get over, and the way out. The code and the request
// id are for whoever develops the app.
//
// exitStatus is that of the pane where it happened: this one is no step of the
// person's own.
import { control, element } from '../element.js';

export function problem(refusal, requestID, exitStatus = null) {
  const { error_code, display_message } = refusal.error;
  const expired = 'It may have expired. Go back to the app and start again.';
  const code = [error_code, requestID && `request ${requestID}`].filter(Boolean).join(' · ');
  return {
    name: 'problem',
    view: 'ERROR',
    exitStatus,
    title: refusal.fatal ? 'This link is not valid' : 'Something went wrong',
    final: true,
    draw: ({ answer }) => [
      element('p', { role: 'alert' }, refusal.fatal ? display_message || expired : refusal.message),
      control('p', 'error-code', { className: 'code' }, code),
      element('div', { className: 'actions' },
        control('button', 'close', {
          type: 'button', className: 'button', 'data-focus': '', onclick: () => answer(),
        }, 'Close')),
    ],
  };
}
