// read reads every product there is, and says how much of each.
import { CountryCode, Products } from 'plaid';

const US = [CountryCode.Us];

export async function read(plaid, everyday, connect) {
  const access_token = everyday.accessToken;
  const { data: { link_sessions: sessions } } = await plaid.linkTokenGet({ link_token: everyday.linkToken });
  const { data: { institution } } = await plaid.institutionsGetById({ institution_id: 'ins_109508', country_codes: US });
  const { data: search } = await plaid.institutionsSearch({ query: institution.name, country_codes: US, products: [Products.Transactions] });
  const { data: institutions } = await plaid.institutionsGet({ count: 500, offset: 0, country_codes: US });
  const { data: live } = await plaid.accountsBalanceGet({ access_token });
  const { data: auth } = await plaid.authGet({ access_token });
  const { data: identity } = await plaid.identityGet({ access_token });
  const [owner] = identity.accounts[0].owners;
  const { data: match } = await plaid.identityMatch({ access_token, user: { legal_name: owner.names[0] } });
  const today = new Date().toISOString().slice(0, 10);
  const { data: year } = await plaid.transactionsGet({ access_token, start_date: '2000-01-01', end_date: today, options: { count: 500 } });
  const { data: recurring } = await plaid.transactionsRecurringGet({ access_token });
  return {
    sessions: sessions.length,
    institutions: [institutions.total, search.institutions.filter((one) => one.institution_id === institution.institution_id).length],
    balances: live.accounts.length,
    numbers: auth.numbers.ach.length,
    score: match.accounts[0].legal_name.score,
    transactions: [year.transactions.length, year.total_transactions],
    streams: recurring.inflow_streams.length + recurring.outflow_streams.length,
    ...await readDebts(plaid, await connect('ins_109509', [Products.Liabilities])),
    ...await readBroker(plaid, await connect('ins_109511', [Products.Investments])),
    ...await readSandbox(plaid),
  };
}

// readDebts reads a mortgage.
async function readDebts(plaid, { accessToken: access_token }) {
  const { data: { liabilities } } = await plaid.liabilitiesGet({ access_token });
  return { mortgages: liabilities.mortgage.length };
}

// readBroker adds up what is held, to compare it with the balances.
async function readBroker(plaid, { accessToken: access_token }) {
  const { data: held } = await plaid.investmentsHoldingsGet({ access_token });
  const today = new Date().toISOString().slice(0, 10);
  const back = new Date(Date.now() - 700 * 86_400_000).toISOString().slice(0, 10);
  const { data: traded } = await plaid.investmentsTransactionsGet({ access_token, start_date: back, end_date: today });
  const cents = (sum, value) => sum + Math.round(value * 100);
  return {
    holdings: held.holdings.map((holding) => holding.institution_value).reduce(cents, 0),
    invested: held.accounts.filter((account) => account.type === 'investment').map((account) => account.balances.current).reduce(cents, 0),
    trades: traded.investment_transactions.length,
  };
}

// readSandbox uses what only the Sandbox has.
async function readSandbox(plaid) {
  const link = async (username) => {
    const { data } = await plaid.sandboxPublicTokenCreate({
      institution_id: 'ins_109508', initial_products: [Products.Transactions], options: { override_username: username, override_password: 'anything' },
    });
    return (await plaid.itemPublicTokenExchange({ public_token: data.public_token })).data.access_token;
  };
  const access_token = await link('user_transactions_dynamic');
  await plaid.transactionsSync({ access_token });
  await plaid.transactionsRefresh({ access_token });
  const today = new Date().toISOString().slice(0, 10);
  await plaid.sandboxTransactionsCreate({ access_token, transactions: [
    { date_transacted: today, date_posted: today, amount: 12.34, description: 'NODE', iso_currency_code: 'USD' },
  ] });
  const { data: { new_access_token } } = await plaid.itemAccessTokenInvalidate({ access_token });
  for (let tries = 0; tries < 50; tries += 1) {
    const { data } = await plaid.transactionsSync({ access_token: new_access_token, count: 500 });
    if (data.added.some((row) => row.name === 'NODE' && row.amount === 12.34)) return { created: 'NODE' };
    await new Promise((done) => setTimeout(done, 200));
  }
  return { created: 'never seen' };
}
