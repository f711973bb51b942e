package plaidsim_test

// linkCases are those of link tokens and of what became of them.
var linkCases = []conformanceCase{
	{endpoint: "/link/token/create", name: "new", body: body(linkRequest(nil))},
	{endpoint: "/link/token/create", name: "hosted", body: body(hosted(fields{"hosted_link": fields{
		"completion_redirect_uri": "myapp://done", "url_lifetime_seconds": 600, "is_mobile_app": true,
	}}))},
	{endpoint: "/link/token/create", name: "hosted and delivered", body: body(hosted(fields{
		"user": fields{"client_user_id": "1", "phone_number": "+14155550123"}, "hosted_link": fields{"delivery_method": "sms"},
	}))},
	{endpoint: "/link/token/create", name: "several banks", body: body(manyBanks)},
	{endpoint: "/link/token/create", name: "update mode", body: func(_ *world, token string) fields {
		f := linkRequest(fields{"access_token": token})
		delete(f, "products")
		return f
	}},
	{endpoint: "/link/token/create", name: "no product of Link", code: "INVALID_PRODUCT",
		body: body(linkRequest(fields{"products": []string{"balance"}}))},
	{endpoint: "/link/token/create", name: "hosted for ever", code: "INVALID_FIELD",
		body: body(hosted(fields{"hosted_link": fields{"url_lifetime_seconds": 1814401}}))},
	{endpoint: "/link/token/create", name: "several banks of nobody", code: "MISSING_FIELDS",
		body: body(linkRequest(fields{"enable_multi_item_link": true}))},
	{endpoint: "/link/token/create", name: "unknown Item", code: "INVALID_ACCESS_TOKEN",
		body: body(linkRequest(fields{"products": nil, "access_token": "access-sandbox-never"}))},
	{endpoint: "/link/token/create", name: "removed Item", code: "ITEM_NOT_FOUND", body: func(w *world, token string) fields {
		return linkRequest(with(fields{"products": nil}, removedItem(w, token)))
	}},

	{endpoint: "/link/token/get", name: "unused", body: func(w *world, _ string) fields {
		return fields{"link_token": w.must("/link/token/create", linkRequest(nil)).text("link_token")}
	}},
	{endpoint: "/link/token/get", name: "with all that was asked", body: func(w *world, _ string) fields {
		link, _ := w.address(fields{
			"redirect_uri": "https://example.com/back", "institution_data": fields{"routing_number": "011401533"},
			"account_filters": fields{"depository": fields{"account_subtypes": []string{"all"}}}, "user_token": "user-sandbox-1",
		})
		return fields{"link_token": link}
	}},
	{endpoint: "/link/token/get", name: "a session of every outcome", body: everyOutcome},
	{endpoint: "/link/token/get", name: "several banks", body: func(w *world, _ string) fields {
		link := w.must("/link/token/create", manyBanks).text("link_token")
		session := w.start(link)
		for _, bank := range []string{"ins_109508", "ins_109511"} {
			w.finish(w.signInAgain(session, bank))
		}
		w.must("/link/session/handoff", session)
		return fields{"link_token": link}
	}},
	{endpoint: "/link/token/get", name: "unknown", code: "INVALID_LINK_TOKEN", body: body(fields{"link_token": "link-sandbox-never"})},
}

var manyBanks = linkRequest(fields{"enable_multi_item_link": true, "user_token": "user-sandbox-1"})

// everyOutcome is about a token with a session that is open, one that was left
// because of an error, one that was left for no reason, and one that went well.
func everyOutcome(w *world, _ string) fields {
	link, _ := w.address(nil)
	w.report(w.start(link), "OPEN")
	failed := w.start(link)
	w.refused("/link/session/credentials", with(failed, fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "error_ITEM_LOCKED",
	}), "ITEM_LOCKED")
	w.must("/link/session/exit", with(failed, fields{"status": "requires_credentials", "error": fields{
		"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED", "error_message": "m", "display_message": "d",
	}}))
	w.report(failed, "EXIT")
	w.must("/link/session/exit", with(w.start(link), fields{"status": nil, "error": nil}))
	session := w.signIn(link, "ins_109508", "user_good", "pass_good")
	w.finish(session)
	w.report(session, "HANDOFF")
	return fields{"link_token": link}
}
