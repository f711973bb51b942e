// The form of a pane that asks the backend for something.
import { control, element } from './element.js';
import { Refusal } from './refusal.js';

// An Incomplete is thrown by an attempt that lacks something of the person's.
export class Incomplete extends Error {}

// form makes a form whose submission runs attempt, one at a time, and answers
// the pane with the result. What the person can mend is said in the form, and
// then refused is called to lead them there; all else fails the flow. again is
// what the button does while an attempt runs, if it does anything.
export function form({ button, busy, attempt, refused, answer, fail, again, beside = [] }, ...fields) {
  const alert = control('p', 'alert', { className: 'alert', role: 'alert' });
  let running = false;

  function setRunning(on) {
    running = on;
    button.setBusy(on ? busy : null, !again);
  }

  async function submit(event) {
    event.preventDefault();
    if (running) return again?.();
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
    ...fields, alert, element('div', { className: 'actions' }, button.node, ...beside));
}

// submitButton is the button that form keeps in step with its attempt. It is
// never disabled, which would drop the focus and leave unsaid why: it looks and
// reads so, and the attempt says what is missing.
export function submitButton(id, label) {
  const node = control('button', id, { type: 'submit', className: 'button' }, label);
  let allowed = true;
  const mark = (off) => node.setAttribute('aria-disabled', off);
  return {
    node,
    allow(on) {
      allowed = on;
      mark(!on);
    },
    setBusy(words, off) {
      mark(words !== null ? off : !allowed);
      node.textContent = words ?? label;
    },
  };
}

// labelled is a field with its name above it.
export function labelled(text, input) {
  return element('label', { className: 'field' }, element('span', {}, text), input);
}

// reject leads the person back into a field whose content was wrong.
export function reject(field) {
  field.focus();
  field.select();
}
