// The first pane: who asks, for what, and that none of it is real.
import { control, element } from '../element.js';

// What a person calls Plaid's products. One that is not here is shown by its
// own name: an unknown request is better seen than hidden.
const wording = new Map([
  ['assets', 'A report of your assets'],
  ['auth', 'Account and routing numbers'],
  ['identity', 'Your name and address at the bank'],
  ['identity_match', 'Whether your name and address are the bank’s'],
  ['investments', 'Investments: holdings and trades'],
  ['liabilities', 'Loans and cards: terms and due dates'],
  ['processor_payments', 'Account numbers for a payment processor'],
  ['recurring_transactions', 'What you pay and receive regularly'],
  ['signal', 'The risk that a payment is returned'],
  ['statements', 'Statements'],
  ['transactions', 'Transactions'],
  ['transfer', 'Transfers to and from your accounts'],
]);

// intro asks on behalf of app; in update mode for a bank that is connected
// already.
export function intro(app, { products = [], update_mode, institution }) {
  return {
    name: 'intro',
    view: 'CONSENT',
    exitStatus: null,
    title: update_mode ? `Reconnect ${institution.name} to ${app}` : `Connect a bank to ${app}`,
    draw: ({ answer }) => [
      element('p', {}, `The banks here are simulated. Everything ${app} gets from them is made up, so try it freely.`),
      element('h2', {}, `${app} will see`),
      element('ul', { className: 'facts' },
        element('li', {}, 'Account names, types and balances'),
        ...products.filter((product) => product !== 'balance').map((product) => element('li', {}, wording.get(product) ?? product.replaceAll('_', ' ')))),
      element('div', { className: 'actions' },
        control('button', 'continue', {
          type: 'button', className: 'button', 'data-focus': '', onclick: () => answer(),
        }, 'Continue')),
    ],
  };
}
