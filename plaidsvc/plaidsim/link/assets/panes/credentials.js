// The bank's sign-in. It says which one works: there is nothing to guard here.
import { control, element } from '../element.js';
import { form, Incomplete, labelled, reject, submitButton } from '../form.js';

// credentials is answered with what signIn(username, password) returned, or
// with null by going back. hint are the nodes that say what may be entered.
export function credentials(institution, signIn, { back, hint = sandboxUser() }) {
  return {
    name: 'credentials',
    view: 'CREDENTIAL',
    exitStatus: 'requires_credentials',
    title: `Sign in to ${institution.name}`,
    back,
    draw({ answer, fail }) {
      const entry = { autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'hint alert' };
      const username = control('input', 'username', { type: 'text', 'data-focus': '', ...entry });
      const password = control('input', 'password', { type: 'password', ...entry });

      async function attempt() {
        if (!username.value || !password.value) throw new Incomplete('Enter a user name and a password.');
        return signIn(username.value, password.value);
      }
      const refused = () => reject(username.value ? password : username);
      return [
        element('p', { id: 'hint', className: 'hint' }, ...hint),
        form({ button: submitButton('submit', 'Sign in'), busy: 'Signing in…', attempt, refused, answer, fail },
          labelled('User name', username), labelled('Password', password)),
      ];
    },
  };
}

function sandboxUser() {
  return [
    'This is a simulator. The user name ', element('code', {}, 'user_good'),
    ' with the password ', element('code', {}, 'pass_good'), ' works; never enter real ones.',
  ];
}
