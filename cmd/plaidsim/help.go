package main

const help = `plaidsim is a local Plaid: the API, the Link page and the banks.

Usage:

    plaidsim [--listen 127.0.0.1:0] [--seed N] [--household KIND] [--years N]
             [--transactions N] [--documented-user] [--today D]
             [--rate-limits[=production]] [--webhooks-anywhere]
             [--scenario FILE] [--control]

It listens on loopback only and prints one line to stdout when it is ready:

    plaidsim listening on http://127.0.0.1:PORT

Point a Plaid client at that address. Any client id and secret will do. A log of
requests goes to stderr, one line each, with tokens masked. Ctrl-C stops it.

Flags:

    --listen ADDR      where to listen; port 0 is any free one (127.0.0.1:0)
    --seed N           which household, and which ids and tokens (1)
    --household KIND   family, single, couple, freelancer, retired or student
                       (what the seed says; seed 1 is the family)
    --years N          how much history its banks have, 1 to 20 (2)
    --transactions N   about how many rows in all, for load (0: the household alone)
    --documented-user  user_good is the one of Plaid's documentation: nine accounts
                       whose figures never change (off: a household with a life)
    --today D          the day it begins on, as 2026-03-15; time runs on (the real one)
    --rate-limits[=E]  refuse who asks more often than Plaid lets one, E being
                       sandbox or production (off; alone: sandbox)
    --scenario FILE    play a script of what goes wrong and what happens, in JSON:
                       go doc coffer/plaidsvc/plaidsim.ReadScenario describes it
    --control          let programs on this machine play more while it runs: POST
                       to /plaidsim/scenario/play, .../scenario/get, .../scenario/clear,
                       .../clock/advance, .../items/get, .../webhooks/get
    --webhooks-anywhere
                       send webhooks to other machines too (to this one only)

Banks: ins_109508 First Platypus Bank and others; /institutions/search lists
them. The user is user_good, the password pass_good. error_ITEM_LOCKED and the
like as password fail with that code; mfa_device, mfa_questions_1_1 and the like
make the bank ask more. Other users, with any password: user_transactions_dynamic
(new rows on each /transactions/refresh), user_yuppie, user_small_business,
user_ewa_user, user_bank_income, user_credit_profile_poor, _good and _excellent;
and user_custom, whose password is the JSON of the person's accounts and rows.

Example: link a bank without a browser, then read its transactions.

    plaidsim --listen 127.0.0.1:8080 &
    ask() { curl -s -H 'Content-Type: application/json' -H 'PLAID-CLIENT-ID: me' \
                 -H 'PLAID-SECRET: any' "http://127.0.0.1:8080$1" -d "$2"; }
    ask /sandbox/public_token/create \
        '{"institution_id":"ins_109508","initial_products":["transactions"]}'
    ask /item/public_token/exchange '{"public_token":"public-sandbox-..."}'
    ask /transactions/sync '{"access_token":"access-sandbox-...","count":500}'

A new bank's transactions come in as at Plaid: nothing at first, 30 days after
two seconds, all that was asked for after six. Ask sync again until has_more is
false, always with the next_cursor of the answer before.

A login runs out thirty days after it was linked or repaired, as in the Sandbox:
then everything answers ITEM_LOGIN_REQUIRED until Link's update mode.

In a browser: <script src="http://127.0.0.1:8080/link/v2/stable/link-initialize.js">,
then Plaid.create({token, onSuccess}).open() with a token of /link/token/create.

Exit codes: 0 stopped by a signal, 1 failed, 2 wrong usage.
`
