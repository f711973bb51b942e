// The list of banks, with a search field. Arrow keys walk from the field
// through the list and back.
import { control, element } from '../element.js';
import { paint } from '../paint.js';
import { Refusal } from '../refusal.js';
import { walk } from '../walk.js';

const settle = 150; // milliseconds without a key before a search is sent

// institutions is answered with the bank that was picked. find asks the backend
// for those that match a query.
export function institutions(find) {
  return {
    name: 'institutions',
    view: 'SELECT_INSTITUTION',
    exitStatus: 'institution_not_found',
    title: 'Choose a bank',
    draw(outcome) {
      const field = control('input', 'institution-search', {
        type: 'search', 'data-focus': '', autocomplete: 'off', spellcheck: false,
        placeholder: 'Search banks', 'aria-label': 'Search banks', 'aria-controls': 'institution-list',
      });
      const count = element('p', { className: 'count', role: 'status' });
      const list = element('ul', { id: 'institution-list', className: 'rows' });
      const search = newSearch(find, field, count, list, outcome);

      field.addEventListener('input', search.soon);
      const form = element('form', {
        role: 'search',
        async onsubmit(event) {
          event.preventDefault();
          await search.now();
          list.querySelector('button')?.focus(); // a second Enter picks it
        },
      }, field);
      search.now();
      return [element('div', { onkeydown: walk }, form, count, list)];
    },
  };
}

// newSearch keeps the list to what the field says. Answers to a question that
// the field no longer asks are dropped.
function newSearch(find, field, count, list, { answer, fail }) {
  let asked = 0;
  let listed = null; // the query that the list answers
  let timer = 0;

  async function now() {
    clearTimeout(timer);
    const query = field.value.trim();
    if (query === listed) return;
    const mine = ++asked;
    try {
      const { institutions: found } = await find(query);
      if (mine !== asked) return;
      show(found, counted(found.length));
      listed = query;
    } catch (error) {
      if (!(error instanceof Refusal) || error.fatal) return fail(error);
      if (mine === asked) show([], error.message);
      listed = null; // the next Enter tries again
    }
  }

  function show(found, words) {
    count.textContent = words;
    list.replaceChildren(...found.map((institution) => row(institution, answer)));
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(now, settle);
  }

  return { now, soon };
}

function counted(n) {
  if (n === 0) return 'No bank of that name. Try another.';
  return n === 1 ? '1 simulated bank' : `${n} simulated banks`;
}

function row(institution, answer) {
  const { institution_id, name, color } = institution;
  const tile = element('span', { className: 'tile', 'aria-hidden': 'true' }, name.slice(0, 1));
  paint(tile, color);
  return element('li', {},
    element('button', {
      type: 'button', className: 'row', 'data-institution': institution_id, onclick: () => answer(institution),
    },
    tile,
    element('span', { className: 'label' },
      element('strong', {}, name),
      element('small', {}, remark(institution)))));
}

// remark is the bank's address, or why it will not do.
function remark({ url, status, supported }) {
  if (supported === false) return 'Not supported by this app';
  if (status === 'DOWN') return 'Down just now';
  return (url ?? '').replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
}
