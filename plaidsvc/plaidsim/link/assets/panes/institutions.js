// The list of banks, with a search field. Arrow keys walk from the field
// through the list and back.
import { control, element } from '../element.js';
import { Refusal } from '../refusal.js';

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
  const { institution_id, name, url, color } = institution;
  const tile = element('span', { className: 'tile', 'aria-hidden': 'true' }, name.slice(0, 1));
  if (/^#[0-9a-f]{6}$/i.test(color ?? '')) {
    tile.style.backgroundColor = color;
    tile.style.color = readableOn(color);
  }
  return element('li', {},
    element('button', {
      type: 'button', className: 'row', 'data-institution': institution_id, onclick: () => answer(institution),
    },
    tile,
    element('span', { className: 'label' },
      element('strong', {}, name),
      element('small', {}, (url ?? '').replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')))));
}

// readableOn picks black or white by the WCAG relative luminance of a colour;
// above 0.179 black has the better contrast.
function readableOn(color) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}

// walk moves the focus by arrow keys.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll('input, button')];
  stops[stops.indexOf(event.target) + step]?.focus();
}
