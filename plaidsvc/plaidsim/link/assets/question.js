// The question whether to leave for good.

// newQuestion takes hold of the dialog in document. What had the focus has it
// again afterwards, or else refocus is called: a pane may change behind the
// question, when an answer arrives meanwhile.
export function newQuestion(document, refocus) {
  const [dialog, stay, go] = ['leave', 'exit-cancel', 'exit-confirm'].map((id) => document.getElementById(id));
  stay.addEventListener('click', () => dialog.close());
  go.addEventListener('click', () => dialog.close('leave'));

  return {
    // ask returns the decision.
    ask: () => new Promise((resolve) => {
      dialog.returnValue = '';
      dialog.onclose = () => {
        resolve(dialog.returnValue === 'leave');
        refocus();
      };
      if (!dialog.open) dialog.showModal();
      stay.focus();
    }),
    withdraw: () => dialog.close(),
  };
}
