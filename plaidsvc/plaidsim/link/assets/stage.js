// The stage is the card on which one pane at a time is shown.
//
// A pane is an object:
//
//   name        for data-pane
//   view        Plaid's view_name, if Plaid has one for it
//   exitStatus  Plaid's status for an exit from here, or null
//   title       its heading
//   details     what Plaid's event for the view tells beside its name
//   back        true when there is a way back; taking it answers null
//   final       true when nothing can follow but the end, so that leaving the
//               pane answers it instead of asking
//   draw        ({answer, fail}) => nodes. answer(value) ends the pane, and
//               fail(error) the whole flow. The node with data-focus gets the
//               focus; without one the heading does. (autofocus would be the
//               word, but browsers warn of it in an iframe.)
import { element } from './element.js';

// newStage takes hold of the card in document.
export function newStage(document) {
  const [card, back, exit, section] = ['card', 'back', 'exit', 'pane'].map((id) => document.getElementById(id));
  let current = null; // {pane, answer}
  let leave = () => {};

  // focus leads to what the pane is about. While Link is a part of the app's
  // page it may not pull the focus away from the rest.
  function focus() {
    if ('embedded' in card.dataset && !document.hasFocus()) return;
    const target = section.querySelector('[data-focus]') ?? section.querySelector('h1');
    if (!target) return;
    // A button that sticks to the bottom is in sight, but browsers scroll to
    // where it would be if it did not.
    target.focus({ preventScroll: true });
    const out = target.getBoundingClientRect().bottom > section.getBoundingClientRect().bottom;
    if (out) target.scrollIntoView({ block: 'nearest' });
  }

  // refocus gives back a focus that was lost, when its owner has gone.
  function refocus() {
    if (!card.contains(document.activeElement)) focus();
  }

  // show draws a pane and returns what it is answered with.
  function show(pane) {
    return new Promise((resolve, reject) => {
      current = { pane, answer: resolve };
      const title = element('h1', { id: 'title', tabIndex: -1 }, pane.title);
      section.dataset.pane = pane.name;
      section.replaceChildren(title, ...pane.draw({ answer: resolve, fail: reject }));
      section.scrollTop = 0;
      back.hidden = !pane.back;
      card.hidden = false;
      focus();
    });
  }

  // clear empties the card. Nobody can answer what was on it any more.
  function clear() {
    current = null;
    card.hidden = true;
    delete section.dataset.pane;
    section.replaceChildren();
  }

  // embed makes the card a part of the app's page, or lays it over it again.
  function embed(on) {
    card.toggleAttribute('data-embedded', on);
  }

  back.addEventListener('click', () => current?.answer(null));
  exit.addEventListener('click', () => leave());
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    event.preventDefault(); // the same key would close the dialog it opens
    leave();
  });

  return {
    show,
    clear,
    embed,
    refocus,
    answer: () => current?.answer(),
    pane: () => current?.pane ?? null,
    onLeave: (callback) => { leave = callback; },
  };
}
