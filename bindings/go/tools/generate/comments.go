package main

import (
	"regexp"
	"strings"
)

// The comments of the C header, by the names of the declarations.
type comments struct {
	types, members, functions, constants, shapes, columns map[string]string
}

var (
	functionComment = regexp.MustCompile(`(?s)/\*((?:[^*]|\*[^/])*)\*/\s*SEATBOOK_API (?:seatbook_code|int32_t)\s+(seatbook_\w+)\(`)
	typeComment     = regexp.MustCompile(`(?s)/\*((?:[^*]|\*[^/])*)\*/\s*typedef (?:struct )?(?:int32_t )?(seatbook_\w+)`)
	structBody      = regexp.MustCompile(`(?s)typedef struct (seatbook_\w+) \{(.*?)\n\}`)
	memberBefore    = regexp.MustCompile(`(?sm)^  /\*((?:[^*]|\*[^/])*)\*/\n  [\w *]+?\b(\w+)(?:\[\d+\])?;`)
	memberBehind    = regexp.MustCompile(`\b(\w+)(?:\[\d+\])?; /\*(.*?)\*/`)
	constantBehind  = regexp.MustCompile(`(SEATBOOK_\w+) = \w+,? /\*(.*?)\*/`)
	constantBefore  = regexp.MustCompile(`(?sm)^  /\*((?:[^*]|\*[^/])*)\*/\n  (SEATBOOK_\w+) = `)
	newLine         = regexp.MustCompile(`\s*\n \*[ ]?`)
	innerLine       = regexp.MustCompile(`\s*\n\s+\*[ ]?`)
	codeName        = regexp.MustCompile(`SEATBOOK_([A-Z0-9_]+)`)
	functionName    = regexp.MustCompile(`\*?seatbook_(\w+)\(\)`)
	resultLine      = regexp.MustCompile(`(?s)\n?Result: .*$`)
	defaultOf       = regexp.MustCompile(`;? ?(\S+) unless set$`)
)

// Phrases of the header that need another wording in Go.
var notions = strings.NewReplacer(
	"a set of bits 1 << SEATBOOK_PERMISSION_...", "a set that PermissionsOf returns.",
	"(SEATBOOK_NO_ID)", "(Clear)",
	" (SEATBOOK_MAX_...)", "",
	"into `sink`", "into To",
)

func readComments(header string, described api) comments {
	c := comments{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{},
		map[string]string{}, map[string]string{}}
	constants := map[string]string{}
	for _, choice := range described.Choices {
		for value := range choice.Values {
			if choice.Name == "Code" {
				constants[strings.ToUpper(value)] = "Err" + camel(value)
				continue
			}
			prefix, ok := prefixes[choice.Name]
			if !ok {
				prefix = typeName(choice.Name)
			}
			constants[strings.ToUpper(snake(choice.Name)+"_"+strings.NewReplacer("-", "_", ".", "_").Replace(value))] = prefix + camel(value)
		}
	}
	names := map[string]string{"open": "OpenWith", "error_outcomes": "Error.Outcomes", "session_at_least": "Session.AtLeast", "book_refresh": "Book.Refresh",
		"rows_to_csv": "RosterReport.CSV", "rows_to_json": "Session.EventsJSON", "operation_permissions": "Operation.Permissions"}
	for _, o := range described.Operations {
		names[o.Name] = "Session." + camel(o.Name)
	}
	clean := func(text string) string {
		text = innerLine.ReplaceAllString(newLine.ReplaceAllString(text, "\n"), "\n")
		text = resultLine.ReplaceAllString(strings.TrimSpace(text), "")
		text = codeName.ReplaceAllStringFunc(text, func(name string) string {
			if to, known := constants[strings.TrimPrefix(name, "SEATBOOK_")]; known {
				return to
			}
			return name
		})
		text = functionName.ReplaceAllStringFunc(text, func(name string) string {
			if to, known := names[functionName.FindStringSubmatch(name)[1]]; known {
				return to
			}
			return name
		})
		return strings.TrimSpace(notions.Replace(text))
	}
	for _, found := range functionComment.FindAllStringSubmatch(header, -1) {
		c.functions[found[2]] = clean(found[1])
	}
	for _, found := range typeComment.FindAllStringSubmatch(header, -1) {
		if text := clean(found[1]); !strings.HasPrefix(text, "The arguments of") {
			c.types[found[2]] = text
		}
	}
	for _, found := range structBody.FindAllStringSubmatch(header, -1) {
		for _, member := range memberBefore.FindAllStringSubmatch(found[2], -1) {
			c.members[found[1]+"."+member[2]] = ofMember(clean(member[1]))
		}
		for _, member := range memberBehind.FindAllStringSubmatch(found[2], -1) {
			c.members[found[1]+"."+member[1]] = ofMember(clean(member[2]))
		}
	}
	for _, found := range constantBehind.FindAllStringSubmatch(header, -1) {
		c.constants[found[1]] = clean(found[2])
	}
	for _, found := range constantBefore.FindAllStringSubmatch(header, -1) {
		c.constants[found[2]] = clean(found[1])
	}
	return c
}

// In Go, a member with the zero value is not set.
func ofMember(text string) string {
	if found := defaultOf.FindStringSubmatch(text); found != nil && found[1] == "0" {
		text = strings.TrimSuffix(text, found[0])
	}
	return text
}

// comment writes the comment of an exported name, which starts with the name.
func (g *generator) comment(name, text, otherwise string) {
	switch {
	case text == "":
		text = name + " " + otherwise
	case strings.HasPrefix(text, "As "):
		text = name + ": as " + text[3:]
	default:
		first := strings.Fields(text)[0]
		if strings.HasSuffix(first, "s") && g.comments.functions != nil && !nouns[first] {
			text = name + " " + strings.ToLower(text[:1]) + text[1:]
		} else {
			text = name + ": " + strings.ToLower(text[:1]) + text[1:]
		}
	}
	g.lines(text)
}

// First words of comments that are not verbs.
var nouns = map[string]bool{"Seats": true, "Licenses": true, "As": true, "This": true}

func (g *generator) commentInline(text string) {
	if text != "" {
		g.lines(text)
	}
}

var (
	errorsLine = regexp.MustCompile(`(^|\n)Errors: `)
	paragraphs = regexp.MustCompile(`\n\s*\n`)
	item       = regexp.MustCompile(`(^|\n)\s*- `)
)

const width = 97 // and "// "

func (g *generator) lines(text string) {
	text = errorsLine.ReplaceAllString(text, "$1\nErrors: ")
	for n, paragraph := range paragraphs.Split(strings.TrimSpace(text), -1) {
		if n > 0 {
			g.p("//")
		}
		if item.MatchString(paragraph) {
			for _, line := range strings.Split(paragraph, "\n") {
				g.p("// %s", strings.TrimSpace(line))
			}
			continue
		}
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && len(line)+1+len(word) > width {
				g.p("// %s", line)
				line = ""
			}
			if line != "" {
				line += " "
			}
			line += word
		}
		g.p("// %s", line)
	}
}
