package match

// streetWords are the usual abbreviations of addresses, most after Publication
// 28 of the United States Postal Service.
var streetWords = table(`
	aly alley
	apartment unit
	apt unit
	ave avenue
	av avenue
	blvd boulevard
	cir circle
	cres crescent
	ct court
	dr drive
	e east
	expy expressway
	fl unit
	floor unit
	hwy highway
	ln lane
	mt mount
	n north
	ne northeast
	nw northwest
	pkwy parkway
	pl place
	plz plaza
	rd road
	rm unit
	room unit
	rte route
	s south
	se southeast
	sq square
	st street
	ste unit
	suite unit
	sw southwest
	ter terrace
	terr terrace
	tpke turnpike
	trl trail
	w west`)

var cityWords = table(`
	ft fort
	mt mount
	n north
	e east
	s south
	w west
	st saint`)

// regionNames are the states of the United States and the provinces of Canada.
var regionNames = table(`
	al alabama
	ak alaska
	az arizona
	ar arkansas
	ca california
	co colorado
	ct connecticut
	de delaware
	dc district of columbia
	fl florida
	ga georgia
	hi hawaii
	id idaho
	il illinois
	in indiana
	ia iowa
	ks kansas
	ky kentucky
	la louisiana
	me maine
	md maryland
	ma massachusetts
	mi michigan
	mn minnesota
	ms mississippi
	mo missouri
	mt montana
	ne nebraska
	nv nevada
	nh new hampshire
	nj new jersey
	nm new mexico
	ny new york
	nc north carolina
	nd north dakota
	oh ohio
	ok oklahoma
	or oregon
	pa pennsylvania
	pr puerto rico
	ri rhode island
	sc south carolina
	sd south dakota
	tn tennessee
	tx texas
	ut utah
	vt vermont
	va virginia
	wa washington
	wv west virginia
	wi wisconsin
	wy wyoming
	ab alberta
	bc british columbia
	mb manitoba
	nb new brunswick
	nl newfoundland and labrador
	ns nova scotia
	nt northwest territories
	nu nunavut
	on ontario
	pe prince edward island
	qc quebec
	sk saskatchewan
	yt yukon`)
