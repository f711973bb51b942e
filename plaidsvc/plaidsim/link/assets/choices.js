// Accounts to tick, and one box that ticks them all.
import { control, element } from './element.js';
import { walk } from './walk.js';

// choices lists accounts as boxes, ticked as the backend says: all for a new
// connection, those there are for an update. changed(n) is told how many are.
export function choices(held, changed) {
  const boxes = held.map((account) => element('input', {
    type: 'checkbox', value: account.id, checked: account.selected ?? true, 'data-account': account.id,
  }));
  const every = control('input', 'every', {
    type: 'checkbox',
    onchange: () => boxes.forEach((box) => { box.checked = every.checked; }),
  });
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);

  function update() {
    const n = chosen().length;
    every.checked = n === boxes.length;
    every.indeterminate = n > 0 && n < boxes.length;
    changed(n);
  }

  const first = boxes.length > 1 ? every : boxes[0];
  if (first) first.dataset.focus = '';
  const rows = held.map((account, i) => row(boxes[i], account.name, kind(account)));
  if (boxes.length > 1) rows.unshift(row(every, 'All accounts'));
  update();
  return {
    node: element('ul', { className: 'rows', onkeydown: walk, onchange: update }, ...rows),
    chosen,
    focus: () => first?.focus(),
  };
}

function row(input, name, note) {
  const words = [element('strong', {}, name)];
  if (note) words.push(element('small', {}, note));
  return element('li', {},
    element('label', { className: 'row' }, input, element('span', { className: 'label' }, ...words)));
}

// kind says what an account is: "credit card  •••• 3333".
export function kind(account) {
  return [account.subtype ?? account.type, account.mask && `•••• ${account.mask}`].filter(Boolean).join('  ');
}
