// One round of what a bank asks beside the password. Like the sign-in it says
// what is right: there is nothing to guard here.
import { control, element } from '../element.js';
import { form, Incomplete, labelled, reject, submitButton } from '../form.js';

// What each of Plaid's kinds is called, asks for, and leaves behind when the
// person gives up.
const kinds = {
  device: { title: 'Get a code', button: 'Send the code', exitStatus: 'choose_device', hint: () => ['No code is really sent.'] },
  code: { title: 'Enter the code', button: 'Continue', exitStatus: 'requires_code', hint: () => ['The code is ', word('1234'), '.'] },
  questions: {
    title: 'Security questions', button: 'Continue', exitStatus: 'requires_questions',
    hint: ({ round }) => ['The first answer is ', word(`answer_${round - 1}_0`), ', and so on.'],
  },
  selections: {
    title: 'Security questions', button: 'Continue', exitStatus: 'requires_selections',
    hint: () => ['The first choice is the right one.'],
  },
};

// mfa is answered with what submit(answers) returned, or with null by going
// back. asked is the backend's round: {type, round, rounds, questions}.
export function mfa(institution, asked, submit) {
  const kind = kinds[asked.type];
  return {
    name: 'mfa',
    view: 'MFA',
    details: { mfa_type: asked.type },
    exitStatus: kind.exitStatus,
    title: kind.title,
    back: true,
    draw({ answer, fail }) {
      const questions = asked.questions.map((question, i) => drawn(question, i, asked.type));
      questions[0].field().dataset.focus = '';

      async function attempt() {
        const missing = questions.find((question) => question.answer() === '');
        if (missing) throw new Incomplete(questions.length > 1 ? 'Answer every question.' : missing.lack);
        return submit(questions.map((question) => question.answer()));
      }
      function refused() {
        (questions.find((question) => question.answer() === '') ?? questions[0]).again();
      }
      return [
        element('p', {}, `${institution.name} wants to be sure that it is you.${step(asked)}`),
        element('p', { id: 'hint', className: 'hint' }, 'This is a simulator. ', ...kind.hint(asked)),
        form({ button: submitButton('submit', kind.button), busy: 'One moment…', attempt, refused, answer, fail },
          ...questions.map((question) => question.node)),
      ];
    },
  };
}

function word(text) {
  return element('code', {}, text);
}

function step({ round, rounds }) {
  return rounds > 1 ? ` Step ${round} of ${rounds}.` : '';
}

// drawn is one question: {node, field, answer, again, lack}.
function drawn({ text, choices }, i, type) {
  return choices.length > 0 ? selection(text, choices, i, type) : entry(text, i, type);
}

function entry(text, i, type) {
  const code = type === 'code' ? { inputMode: 'numeric', autocomplete: 'one-time-code' } : { autocomplete: 'off' };
  const input = control('input', `answer-${i}`, {
    type: 'text', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'hint alert', ...code,
  });
  return {
    node: labelled(text, input),
    field: () => input,
    answer: () => input.value.trim(),
    again: () => reject(input),
    lack: type === 'code' ? 'Enter the code.' : 'Enter an answer.',
  };
}

// selection lets the browser's own radio buttons do the arrow keys. Only a
// device is chosen beforehand: any of them will do.
function selection(text, choices, i, type) {
  const inputs = choices.map((choice, k) => element('input', {
    type: 'radio', name: `answer-${i}`, value: choice, checked: type === 'device' && k === 0, 'data-choice': choice,
  }));
  const rows = choices.map((choice, k) => element('label', { className: 'row' }, inputs[k],
    element('span', { className: 'label' }, choice)));
  const chosen = () => inputs.find((input) => input.checked);
  return {
    node: element('fieldset', { className: 'question' }, element('legend', {}, text), ...rows),
    field: () => chosen() ?? inputs[0],
    answer: () => chosen()?.value ?? '',
    again: () => (chosen() ?? inputs[0]).focus(),
    lack: 'Choose one.',
  };
}
