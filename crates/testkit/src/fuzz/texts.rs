//! Texts of seeds.

pub(super) const TEXT: &str =
    "Too many care leavers were left without a plan. The children’s needs were not met in 2018.";

pub(super) const QUERIES: &str = "\
unallocated
care leavers
\"care leavers\" -housing
“not * allocated” OR 'care leavers'
unalloc* organi?e \"car* leavers\"
leave~ unalocated%1 /unallocat(ed|ion)/
(a OR b) AND NOT (c w/5 \"d e\")
care pre/5 leavers not w/3 housing
children w/s (need OR needs) w/p help
a w/t b w/r c
authority:kelder* date:2014..2018 grade:inadequate caseloads
theme:care-leavers section:\"leadership\" framework:ilacs kind:report para:4 page:3 path:*.pdf
overall:inadequate leaders:good inspected:2017-11
children's decision-making 1,300 e.g. ﬁnd naïve
@caseloads OR @unallocated-work
";

pub(super) const CODE_BOOK: &str = "\
title = \"Delay\"

[[query]]
name = \"waiting\"
title = \"Waiting\"
query = 'wait* OR unallocated OR \"not * allocated\"'

[[query]]
name = \"homes\"
kind = \"topic\"
sections = ['care-leavers']
description = '''Homes'''
query = \"@waiting w/9 (home~ OR flat)\"
";

pub(super) const ARTICLE: &str = "\
Inspectors have criticised Kelderby council.

The report says “too many care leavers” are ‘left without a plan’, and that \"the council [has] been … slow\".

The director said: “We accept the findings in full.”
";

/// A profile with most of the keys that there are.
pub(super) const PROFILE: &str = r#"
name = "harbour"
title = "Harbour inspection"
inspectorate = "Harbour Board"
voice = ["inspectors"]
extends = "general"
since = 2019
tried-on = "2 reports"
sub-judgements = ["quays"]
expects = ["authority", "inspected"]
[recognise]
all = ['^Inspection of the harbour of ']
any = ['(?i)harbour', '\p{L}{2,9}']
none = ['^Draft$']
pages = 2
[report-title]
opens = ['^Inspection of']
continues = ['^the harbour']
ends-before = ["Inspection dates"]
[authority]
name = [{ pattern = '^Inspection of the harbour of (?P<v>.+)$', reject = ['^the'] }, { title = 'of (.+)' }]
id = [{ label = ['Number'], first = 3 }, { path = '(?P<v>\d+)' }]
[dates]
inspected = [{ label = ['Inspection dates?'], dates = "dmy" }]
published = [{ label = ['Published'] }, { declared = ["created"] }]
[people]
lead = [{ label = ['Lead inspector'], until = [","], words = 4 }]
[fields.vessel]
type = "text"
rules = [{ label = ['Vessel'], anywhere = true, many = true }, { before = '^Heron' }, { line = "file-name" }]
[scales.harbour]
best-first = ["safe", "unsafe"]
unranked = ["not judged"]
printed = { safe = ["Safe and sound"] }
[[areas]]
name = "quays"
labels = ['^Quays$']
theme = "quays"
[[judgements]]
how = ["row", "sentence"]
scale = "harbour"
[numbers]
paragraph = ['^(?P<n>\d+\.\d+) ']
[sections]
headings = ['^What needs']
themes = [{ heading = '(?i)quay', theme = "quays" }]
[imprint]
from = ['^© Harbour Board']
"#;

/// A register of authorities, and a report of two.
pub(super) const HARBOURS: &str = "name = 'harbour'\n[recognise]\nall = ['^Inspection']\n[authority]\nregister = 'harbours'\n\0\
    key,name,aliases,predecessors,successors,region,numbers\nkelderby,Kelderby,Keld;\"Old Kelderby\",,fenwick,North,12\n\
    fenwick,Fenwick,,kelderby,,North,13;14\n\0Inspection of Kelderby\n\nVessel: The Heron\nInspection dates: 4 March 2019\n\n\
    Quays\tSafe\n\n1.1 The gate was locked.\n\n© Harbour Board\n";

/// Requests as `page_request` takes them, with a line between two.
pub(super) const REQUESTS: &str = "\
GET /
---
GET /report/0000000000/page/99
---
GET /?q=herons&view=lines&sort=right&page=2
---
GET /?q=%22herons%20stand%22%20-weir&authority=a&from=2014&to=2018&grade=good&theme=care-leavers&group=authority
---
GET /report/REPORT?q=herons
---
GET /report/REPORT/page/1
---
GET /report/REPORT/svg/1
---
GET /report/REPORT/file
Range: bytes=0-9
---
GET /cite/REPORT-1
---
GET /analyse
---
GET /analyse/trend?q=herons&by=year
---
GET /analyse/trend.svg?q=herons%0Aweir
---
GET /analyse/keywords?in=herons&against=weir
---
GET /analyse/collocates?q=herons&window=5&left=3&right=3
---
GET /analyse/collocates.csv?q=herons
---
GET /follow?authority=a
---
GET /check
---
POST /check
Content-Type: application/x-www-form-urlencoded

text=The+report+says%3A+%E2%80%9Cherons+stand+at+the+weir%E2%80%9D&about=a
---
POST /check
Content-Type: multipart/form-data; boundary=b

--b\r
Content-Disposition: form-data; name=\"file\"; filename=\"../a.html\"\r
\r
<p>The report says: “herons stand at the weir”</p>\r
--b--\r
---
GET /check/1/page
---
GET /corpus
---
POST /corpus/refresh
Content-Type: application/x-www-form-urlencoded

token=TOKEN
---
POST /corpus/add
Content-Type: multipart/form-data; boundary=b

--b\r
Content-Disposition: form-data; name=\"token\"\r
\r
TOKEN\r
--b\r
Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r
\r
Herons\r
--b--\r
---
GET /api/search?q=herons&limit=3
---
GET /api/count?q=herons&by=year
---
GET /api/kwic?q=herons
---
GET /api/trend?q=herons
---
POST /api/check

The report says: “herons stand at the weir”
---
GET /api/reports
---
GET /api/status
---
GET /download/search.xlsx?q=herons
---
GET /assets/style.css
Accept-Encoding: gzip
---
HEAD /?q=%zz
Origin: http://evil.example";

pub(super) const DOCUMENT_XML: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Visit to Fenwick</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t xml:space="preserve">The gate </w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>The gate</w:t></w:r><w:del><w:r><w:delText>is</w:delText></w:r></w:del><w:ins><w:r><w:t>was</w:t><w:tab/><w:br w:type="page"/><w:noBreakHyphen/><w:t>not locked</w:t><w:footnoteReference w:id="2"/></w:r></w:ins></w:p><w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Grade &amp; area</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Good</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>Contents</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"#;

pub(super) const STYLES_XML: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Heading1"/></w:style></w:styles>"#;

pub(super) const NUMBERING_XML: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
