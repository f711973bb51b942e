package match

import "strings"

// shortForms are given names and what people who have them are called, a line
// each: the common ones of the United States.
const shortForms = `
alexander alex al sandy xander
alexandra alex sandra sandy lexi
alice allie ally
amanda mandy
andrew andy drew
anthony tony
barbara barb babs
benjamin ben benny benji
catherine katherine kathryn cathy kathy kate katie kat kitty
charles charlie chuck chas
christina christine chris chrissy tina
christopher chris kit topher
daniel dan danny
david dave davey
deborah debra deb debbie
donald don donnie
dorothy dot dottie
edith edie
edward ed eddie ted ned
eleanor ellie nell nora
elizabeth liz lizzie beth betsy betty eliza libby
felix fee
francis frank
frances fran frannie
frederick fred freddie
gerald gerry jerry
grace gracie
gregory greg
henry hank harry
irene rene
isabella isabel bella izzy
jacob jake
james jim jimmy jamie
janet jan
jennifer jen jenn jenny jennie
jessica jess jessie
john johnny jack jon
jonathan jon jonny nathan
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
kimberly kim
laura laurie
lawrence larry
leonard len lenny leo
margaret maggie meg peggy marge margie
martin marty
matthew matt
michael mike mickey mick
nathaniel nathan nate nat
nicholas nick nicky
oscar ozzie
pamela pam
patricia pat patty trish tricia
patrick pat paddy
paula polly
peter pete
philip phillip phil
rebecca becca becky
richard rich rick ricky dick
robert rob robbie bob bobby bert
ronald ron ronnie
samantha sam sammy
samuel sam sammy
sarah sally
stephanie steph
stephen steven steve stevie
susan suzanne sue susie suzy
theodore ted teddy theo
theresa teresa terry tess
thomas tom tommy
timothy tim timmy
victoria vicky tori
vincent vince vinny
virginia ginny
walter walt wally
william will bill billy willie liam
zachary zach zack`

// calledAs tells in which lines of [shortForms] a name is.
var calledAs = linesOf(shortForms)

func linesOf(text string) map[string][]int {
	lines := make(map[string][]int)
	for i, line := range strings.Split(text, "\n") {
		for name := range strings.FieldsSeq(line) {
			lines[name] = append(lines[name], i)
		}
	}
	return lines
}

// nicknames reports whether two given names may be the same person's.
func nicknames(a, b string) bool {
	for _, i := range calledAs[a] {
		for _, j := range calledAs[b] {
			if i == j {
				return a != b
			}
		}
	}
	return false
}
