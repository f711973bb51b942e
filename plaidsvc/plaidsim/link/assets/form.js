// The form of a pane that asks the backend for something.
import { control, element } from './element.js';
import { Refusal } from './refusal.js';

// An Incomplete is thrown by an attempt that lacks something of the person's.
export class Incomplete extends Error {}

// form makes a form whose submission runs attempt, one at a time, and answers
// the pane with the result. What the person can mend is said in the form, and
// then refused is called to lead them there; all else fails the flow.
export function form({ button, busy, attempt, refused, answer, fail }, ...fields) {
  const alert = control('p', 'alert', { className: 'alert', role: 'alert' });
  let running = false;

  function setRunning(on) {
    running = on;
    // Not disabled: a disabled button would drop the focus.
    button.node.setAttribute('aria-disabled', on);
    button.node.textContent = on ? busy : button.label;
  }

  async function submit(event) {
    event.preventDefault();
    if (running) return;
    setRunning(true);
    alert.textContent = '';
    try {
      answer(await attempt());
    } catch (error) {
      const mendable = error instanceof Incomplete || (error instanceof Refusal && !error.fatal);
      if (!mendable) return fail(error);
      alert.textContent = error.message;
      setRunning(false);
      refused();
    }
  }

  return element('form', { className: 'form', noValidate: true, onsubmit: submit },
    ...fields, alert, element('div', { className: 'actions' }, button.node));
}

// submitButton is the button that form keeps in step with its attempt.
export function submitButton(id, label) {
  return { label, node: control('button', id, { type: 'submit', className: 'button' }, label) };
}
