package persona

// GoodAsDocumented is user_good as Plaid's documentation shows it: nine accounts
// whose figures never change. It is a configuration of user_custom.
const GoodAsDocumented = `{
  "roll_dates_forward": true,
  "override_accounts": [
    {"type": "depository", "subtype": "checking", "starting_balance": 110, "force_available_balance": 100, "meta": {"mask": "0000"},
      "transactions": [
        {"date_transacted": "2025-01-30", "date_posted": "2025-01-31", "amount": 6.33, "description": "Uber 072515 SF**POOL**"},
        {"date_transacted": "2025-01-16", "date_posted": "2025-01-18", "amount": 500, "description": "United Airlines"},
        {"date_transacted": "2025-01-15", "date_posted": "2025-01-17", "amount": 12, "description": "McDonald's"},
        {"date_transacted": "2025-01-15", "date_posted": "2025-01-17", "amount": 4.33, "description": "Starbucks"},
        {"date_transacted": "2025-01-14", "date_posted": "2025-01-16", "amount": 89.4, "description": "SparkFun"},
        {"date_transacted": "2025-01-01", "date_posted": "2025-01-02", "amount": -500, "description": "United Airlines"}
      ]},
    {"type": "depository", "subtype": "savings", "starting_balance": 210, "force_available_balance": 200, "meta": {"mask": "1111"},
      "transactions": [
        {"date_transacted": "2025-01-20", "date_posted": "2025-01-21", "amount": 25, "description": "CREDIT CARD 3333 PAYMENT *//"},
        {"date_transacted": "2025-01-15", "date_posted": "2025-01-16", "amount": -4.22, "description": "INTRST PYMNT"}
      ]},
    {"type": "depository", "subtype": "cd", "starting_balance": 1000, "has_null_available_balance": true, "meta": {"mask": "2222"}, "transactions": []},
    {"type": "credit", "subtype": "credit card", "starting_balance": 410, "has_null_available_balance": true, "meta": {"mask": "3333", "limit": 2000},
      "transactions": [
        {"date_transacted": "2025-01-09", "date_posted": "2025-01-10", "amount": 500, "description": "Madison Bicycle Shop"},
        {"date_transacted": "2025-01-08", "date_posted": "2025-01-09", "amount": 2078.5, "description": "AUTOMATIC PAYMENT - THANK"}
      ], "liability": {"type": "credit", "purchase_apr": 12.5}},
    {"type": "depository", "subtype": "money market", "starting_balance": 43200, "force_available_balance": 43200, "meta": {"mask": "4444"},
      "transactions": [{"date_transacted": "2025-01-14", "date_posted": "2025-01-15", "amount": 5850, "description": "ACH Electronic CreditGUSTO PAY 123456"}]},
    {"type": "investment", "subtype": "ira", "starting_balance": 320.76, "meta": {"mask": "5555"}},
    {"type": "investment", "subtype": "401k", "starting_balance": 23631.9805, "meta": {"mask": "6666"}},
    {"type": "loan", "subtype": "student", "starting_balance": 65262, "meta": {"mask": "7777"}, "transactions": [],
      "liability": {"type": "student", "principal": 70000, "nominal_apr": 5.25, "guarantor": "DEPT OF ED"}},
    {"type": "loan", "subtype": "mortgage", "starting_balance": 56302.06, "meta": {"mask": "8888"}, "transactions": [],
      "liability": {"principal": 425000, "nominal_apr": 3.99}}
  ]
}`
