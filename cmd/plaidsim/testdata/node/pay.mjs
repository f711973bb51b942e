// pay moves money from an account, and hands the account to processors.
import { ACHClass, TransferNetwork, TransferType } from 'plaid';

export async function pay(plaid, { accessToken: access_token }) {
  const { data: { accounts } } = await plaid.accountsGet({ access_token });
  const account_id = accounts.find((account) => account.subtype === 'checking').account_id;
  const { data: processor } = await plaid.processorTokenCreate({ access_token, account_id, processor: 'dwolla' });
  const { data: stripe } = await plaid.processorStripeBankAccountTokenCreate({ access_token, account_id });
  const { data: sandbox } = await plaid.sandboxProcessorTokenCreate({ institution_id: 'ins_109508' });
  const { data: { authorization } } = await plaid.transferAuthorizationCreate({
    access_token, account_id, type: TransferType.Debit, network: TransferNetwork.Ach, amount: '1.23', ach_class: ACHClass.Web, user: { legal_name: 'Somebody' },
  });
  const { data: { transfer } } = await plaid.transferCreate({ access_token, account_id, authorization_id: authorization.id, description: 'rent' });
  for (const event_type of ['posted', 'settled']) {
    await plaid.sandboxTransferSimulate({ transfer_id: transfer.id, event_type });
  }
  const { data: { transfer: now } } = await plaid.transferGet({ transfer_id: transfer.id });
  const { data: { transfer_events: events } } = await plaid.transferEventSync({ after_id: 0 });
  return {
    tokens: [processor.processor_token, stripe.stripe_bank_account_token, sandbox.processor_token].map((token) => token.split(/[-_]/)[0]),
    decision: authorization.decision,
    status: now.status,
    events: events.map((event) => event.event_type),
  };
}
