#!/usr/bin/env python3
"""Make the reports of the sample corpus from their sources.

    python3 corpus/sources/build.py            # every report
    python3 corpus/sources/build.py tarnbeck   # sources whose name contains "tarnbeck"
    python3 corpus/sources/build.py --truth    # only truth.jsonl

Needs Python 3.11 and, for PDF and Word, LibreOffice Writer (`soffice`), `pdftotext` and `qpdf`. The reports are
committed, so this is needed only after a change of a source. A source is TOML between `+++` lines,
then one paragraph a line:

    # ## ###     headings            + text    paragraph with the next number of the report
    - text       bullet              | a | b   table row (one table until a blank line)
    ^[text]      footnote            {cover} {judgements} {toc} {page} {closing}
    ! text       bold line           > text    a short line kept to itself (no paragraph of prose)
    !! text      title               |= a | b  heading row of a table
    +S text      paragraph with the next number of a series: S1, S2; `+1. text` gives 1.1, 1.2

Anything else is a plain paragraph. `render` names the forms in which a report is made. Sources below `inspectorates/`
make the reports of other inspectorates, with a truth file of their own.
"""
import json
import re
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent
OTHERS = "inspectorates"
AREAS = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers", "adoption", "lscb")
CLOSING = (
    "This report is a sample. The {subject}, the people and the findings in it are invented, and no "
    "inspectorate wrote it. It has the form of a published inspection report so that programs which read "
    "such reports can be tried on it.",
    "The words are those of the Quotable contributors and may be used under the Creative Commons CC0 1.0 dedication.",
)


def load(path):
    """Return the front matter and the blocks of one source."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    meta = tomllib.loads(head)
    meta["root"] = OTHERS if path.parent.name == OTHERS else "reports"
    blocks, table, number, series = [], None, 0, {}
    for line in body.splitlines() + [""]:
        line = line.strip()
        if line.startswith("|"):
            if table is None:
                table = []
                blocks.append(("headed" if line.startswith("|=") else "table", table))
            table.append([c.strip() for c in line.removeprefix("|=").strip("|").split("|")])
            continue
        table = None
        if not line:
            continue
        if m := re.match(r"(#{1,3}) (.*)", line):
            blocks.append((f"h{len(m[1])}", m[2]))
        elif line.startswith("+ "):
            number += 1
            blocks.append(("num", (number, line[2:])))
        elif m := re.match(r"\+(\S+) (.*)", line):
            series[m[1]] = series.get(m[1], 0) + 1
            blocks.append(("num", (f"{m[1]}{series[m[1]]}", m[2])))
        elif line.startswith("- "):
            blocks.append(("bullet", line[2:]))
        elif line.startswith("!! "):
            blocks.append(("title", line[3:]))
        elif line.startswith("! "):
            blocks.append(("bold", line[2:]))
        elif line.startswith("> "):
            blocks.append(("line", line[2:]))
        elif m := re.fullmatch(r"\{(\w+)\}", line):
            blocks += expand(m[1], meta)
        else:
            blocks.append(("p", line))
    return meta, blocks


def expand(name, meta):
    if name == "cover":
        return [("title" if i == 0 else "cover", t) for i, t in enumerate(meta["cover"])]
    if name == "judgements":
        return [("judgements", meta["table"])]
    if name == "closing":
        return [("p", t.replace("{subject}", meta.get("subject", "local authority"))) for t in CLOSING]
    return [(name, "")]


def label(number):
    """Return a number as its report prints it: `1.`, but `S1` and `1.1`."""
    return number if isinstance(number, str) else f"{number}."


def plain(text):
    return re.sub(r"\^\[[^\]]*\]", "", text)


# ---------------------------------------------------------------- flat OpenDocument

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{title}</dc:title><dc:language>en-GB</dc:language></office:meta>
<office:font-face-decls><style:font-face style:name="Body" svg:font-family="'Liberation Sans'"/>
<style:font-face style:name="Marks" svg:font-family="{markfont}"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2" style:tab-stop-distance="1cm"/>
<style:text-properties style:font-name="Body" fo:font-size="{size}pt" fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.35cm" fo:line-height="108%"/></style:style>
<style:style style:name="Item" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:margin-top="0.5cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="2"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:margin-top="0.4cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_3" style:display-name="Heading 3" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="3"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:margin-top="0.3cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="20pt"/></style:style>
<style:style style:name="Bold" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0cm"/></style:style>
<style:style style:name="SubCell" style:family="paragraph" style:parent-style-name="Cell"><style:paragraph-properties fo:margin-left="0.9cm"/></style:style>
<style:style style:name="HeadCell" style:family="paragraph" style:parent-style-name="Cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.3cm" fo:text-indent="-0.3cm"/><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Footer" style:family="paragraph"><style:paragraph-properties fo:border-top="0.5pt solid #000000" fo:padding-top="0.1cm"><style:tab-stops><style:tab-stop style:position="{width}cm" style:type="right"/></style:tab-stops></style:paragraph-properties><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Header" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="9pt" fo:color="#555555"/></style:style>
<style:style style:name="Contents1" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.15cm" fo:margin-right="1cm"><style:tab-stops><style:tab-stop style:position="{width}cm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties></style:style>
<style:style style:name="Contents2" style:family="paragraph" style:parent-style-name="Contents1"><style:paragraph-properties fo:margin-left="0.5cm"/></style:style>
<style:style style:name="PageNo" style:family="text"><style:text-properties fo:font-size="14pt"/></style:style>
<style:style style:name="Mark" style:family="text"><style:text-properties style:font-name="Marks"/></style:style>
<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<text:notes-configuration text:note-class="footnote" text:citation-body-style-name="Raised" text:citation-style-name="Raised" style:num-format="1" text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="1.1cm" fo:text-indent="-1.1cm" fo:margin-left="1.1cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>
{numbers}<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:style-name="Mark" text:bullet-char="{bullet}"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.7cm" fo:text-indent="-0.7cm" fo:margin-left="0.7cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.3cm" fo:margin-left="2.5cm" fo:margin-right="{right}cm"/><style:header-style><style:header-footer-properties fo:margin-bottom="0.8cm" fo:min-height="0.6cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:margin-top="0.6cm" fo:min-height="0.9cm"/></style:footer-style></style:page-layout>
<style:style style:name="Break" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Grid" style:family="table"><style:table-properties style:width="{width}cm" table:align="left" fo:margin-top="0.3cm" fo:margin-bottom="0.5cm"/></style:style>
<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties fo:border="0.6pt solid #000000" fo:padding="0.18cm"/></style:style>
{columns}</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="First" style:page-layout-name="Page" style:next-style-name="Rest"><style:header><text:p text:style-name="Header">{header}</text:p></style:header><style:footer>{foot1}</style:footer></style:master-page>
<style:master-page style:name="Rest" style:page-layout-name="Page"><style:header><text:p text:style-name="Header">{header}</text:p></style:header><style:footer>{foot}</style:footer></style:master-page>
</office:master-styles>
<office:body><office:text>
"""


class Fodt:
    """Writes blocks as flat OpenDocument. `pages` maps each heading of the contents list to its page."""

    def __init__(self, meta, blocks, pages):
        self.meta, self.blocks, self.pages = meta, blocks, pages
        self.notes = self.tables = self.lists = 0
        self.last, self.prefixes = {}, []
        self.out, self.columns, self.open_list, self.brk, self.first = [], [], None, False, True
        self.width = 21 - 2.5 - meta.get("right_margin", 2.5)

    def inline(self, text):
        parts = re.split(r"(\^\[[^\]]*\])", text)
        done = []
        for part in parts:
            if part.startswith("^["):
                self.notes += 1
                done.append(
                    f'<text:note text:id="ftn{self.notes}" text:note-class="footnote"><text:note-citation>{self.notes}'
                    f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">{escape(part[2:-1], False)}</text:p>'
                    "</text:note-body></text:note>"
                )
            else:
                done.append(escape(part, False))
        return "".join(done)

    def para(self, style, text, level=None):
        self.close()
        extra = ""
        if self.brk or self.first:
            name = f"Auto{len(self.columns)}"
            how = 'style:master-page-name="First"' if self.first else ""
            prop = "" if self.first else '<style:paragraph-properties fo:break-before="page"/>'
            self.columns.append(f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{style}" {how}>{prop}</style:style>')
            style, self.brk, self.first = name, False, False
        if level:
            self.out.append(f'<text:h text:style-name="{style}" text:outline-level="{level}"{extra}>{self.inline(text)}</text:h>')
        else:
            self.out.append(f'<text:p text:style-name="{style}">{self.inline(text)}</text:p>')

    def close(self):
        if self.open_list:
            self.out.append("</text:list>")
            self.open_list = None

    def item(self, kind, text):
        if self.open_list != kind:
            self.close()
            if self.brk:
                self.para("Cell", "")
            more = ""
            if kind.startswith("Numbers"):
                self.lists += 1
                before = self.last.get(kind)
                more = f' xml:id="num{self.lists}"' + (f' text:continue-list="num{before}"' if before else "")
                self.last[kind] = self.lists
            self.out.append(f'<text:list text:style-name="{kind}"{more}>')
            self.open_list = kind
        self.out.append(f'<text:list-item><text:p text:style-name="Item">{self.inline(text)}</text:p></text:list-item>')

    def series(self, number):
        """Return the list style of a number: one for each prefix, as `S` of S1 and `1.` of 1.1."""
        if not isinstance(number, str):
            return "Numbers"
        prefix = number.rstrip("0123456789")
        if prefix not in self.prefixes:
            self.prefixes.append(prefix)
        return f"Numbers{self.prefixes.index(prefix)}"

    def table(self, rows, head, shares):
        self.close()
        self.tables += 1
        n = self.tables
        cols = len(rows[0])
        shares = shares or [1 / cols] * cols
        for i, s in enumerate(shares):
            self.columns.append(f'<style:style style:name="T{n}C{i}" style:family="table-column"><style:table-column-properties style:column-width="{self.width * s:.2f}cm"/></style:style>')
        self.out.append(f'<table:table table:name="Table{n}" table:style-name="Grid">' + "".join(f'<table:table-column table:style-name="T{n}C{i}"/>' for i in range(cols)))
        for r, row in enumerate(rows):
            wide = len(row) == 2 and not row[1]
            span = ' table:number-columns-spanned="2"' if wide else ""
            cells = "".join(
                f'<table:table-cell table:style-name="Box"{span} office:value-type="string"><text:p text:style-name="{"HeadCell" if head and r == 0 else "SubCell" if c == 0 and re.match(r"2[.][12]", t) else "Cell"}">{self.inline(t)}</text:p></table:table-cell>'
                for c, t in enumerate(row[:1] if wide else row)
            ) + wide * "<table:covered-table-cell/>"
            row_xml = f"<table:table-row>{cells}</table:table-row>"
            self.out.append(f"<table:table-header-rows>{row_xml}</table:table-header-rows>" if head and r == 0 else row_xml)
        self.out.append("</table:table>")

    def toc(self):
        self.close()
        entries = [(k, plain(t)) for k, t in self.blocks if k in ("h1", "h2") and plain(t) != "Contents"]
        lines = "".join(
            f'<text:p text:style-name="Contents{k[1]}">{escape(t, False)}<text:tab/>{self.pages.get(t, 0)}</text:p>' for k, t in entries
        )
        self.out.append(f'<text:table-of-content text:name="Contents1" text:protected="true"><text:table-of-content-source text:outline-level="2"/><text:index-body>{lines}</text:index-body></text:table-of-content>')

    def render(self):
        for kind, value in self.blocks:
            if kind in ("title", "cover"):
                self.para("Title" if kind == "title" else "Bold", value, None)
            elif kind in ("h1", "h2", "h3"):
                if value == "Contents":
                    self.para("Title", value)
                else:
                    self.para(f"Heading_20_{kind[1]}", value, int(kind[1]))
            elif kind == "num":
                self.item(self.series(value[0]), value[1])
            elif kind == "bullet":
                self.item("Bullets", value)
            elif kind in ("table", "headed"):
                self.table(value, kind == "headed", self.meta.get("shares") if len(value[0]) == 2 else None)
            elif kind == "judgements":
                self.table(value, value[0][0] == "Judgement", self.meta.get("columns", [0.58, 0.42]))
            elif kind == "toc":
                self.toc()
            elif kind == "page":
                self.close()
                self.brk = True
            else:
                self.para({"bold": "Bold"}.get(kind, "Standard"), value)
        self.close()
        foot = self.meta.get("foot", "")
        number = '<text:span text:style-name="PageNo"><text:page-number text:select-page="current"/></text:span>'
        lines = foot.split("\n")
        foot_xml = f'<text:p text:style-name="Footer">{"<text:line-break/>".join(escape(x, False) for x in lines)}<text:tab/>{number}</text:p>'
        bare = f'<text:p text:style-name="Footer"><text:tab/>{number}</text:p>'
        head = HEAD
        like = re.search(r'<text:list-style style:name="Numbers">.*?</text:list-style>', HEAD)[0]
        like = like.replace("1.1cm", "1.3cm")
        numbers = "".join(like.replace('"Numbers"', f'"Numbers{i}"').replace('style:num-suffix="."', f'style:num-prefix="{prefix}"') + "\n"
                          for i, prefix in enumerate(self.prefixes))
        for key, value in {
            "title": escape(self.meta["title"], False), "width": f"{self.width:.2f}", "bullet": self.meta.get("bullet", "\u25fc"),
            "markfont": "DejaVu Sans", "numbers": numbers,
            "right": str(self.meta.get("right_margin", 2.5)), "columns": "\n".join(self.columns), "size": str(self.meta.get("size", 12)),
            "header": escape(self.meta.get("header", ""), False), "foot": foot_xml, "foot1": "" if foot else bare,
        }.items():
            head = head.replace("{" + key + "}", value)
        return head + "\n".join(self.out) + "\n</office:text></office:body></office:document>\n"


def convert(fodt, target, meta):
    """Run LibreOffice without a window, with its own profile so that a user's settings have no effect."""
    kind = target.suffix[1:]
    if kind == "pdf":
        tagged = "true" if meta.get("tagged", True) else "false"
        option = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": tagged}, "SelectPdfVersion": {"type": "long", "value": "15"},
                             "ExportBookmarks": {"type": "boolean", "value": "false"}})
        how = f"pdf:writer_pdf_Export:{option}"
    else:
        how = "docx:MS Word 2007 XML"
    with tempfile.TemporaryDirectory() as tmp:
        src = Path(tmp) / "report.fodt"
        src.write_text(fodt, encoding="utf-8")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{tempfile.gettempdir()}/quotable-corpus-profile", "--headless",
                        "--convert-to", how, "--outdir", tmp, str(src)], check=True, stdout=subprocess.DEVNULL)
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "pdf":
            # Pack objects into streams, as Word does and LibreOffice does not: it halves the file.
            subprocess.run(["qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9",
                            "--deterministic-id", f"{tmp}/report.pdf", str(target)], check=True)
        else:
            target.write_bytes((Path(tmp) / f"report.{kind}").read_bytes())


def heading_pages(pdf, blocks):
    """Return the page of each heading by the text of the PDF, without the contents page itself."""
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    squeeze = lambda s: re.sub(r"\W+", "", s)
    pages = [squeeze(p) for p in text.split("\f")]
    skip = next((i for i, p in enumerate(text.split("\f")) if "....." in p), -1)
    found, at = {}, 0
    for kind, value in blocks:
        if kind not in ("h1", "h2"):
            continue
        for i in range(at, len(pages)):
            if i != skip and squeeze(plain(value)) in pages[i]:
                found.setdefault(plain(value), i + 1)
                at = i
                break
    return found


def make_office(meta, blocks, target):
    pages = {}
    for _ in range(2 if any(k == "toc" for k, _ in blocks) else 1):
        convert(Fodt(meta, blocks, pages).render(), target, meta)
        if target.suffix == ".pdf":
            pages = heading_pages(target, blocks)


# ---------------------------------------------------------------- text, HTML, Markdown

def wrapped_text(meta, blocks):
    """Write hard-wrapped text with numbers, and a running foot, page number and form feed every 54 lines or so."""
    lines = []
    for kind, value in blocks:
        if kind in ("toc", "page"):
            continue
        if kind in ("table", "headed", "judgements"):
            for row in value:
                left = textwrap.wrap(row[0], 48, break_on_hyphens=True)
                right = textwrap.wrap(row[1], 24)
                for i in range(max(len(left), len(right))):
                    lines.append(f"{left[i] if i < len(left) else '':<52}{right[i] if i < len(right) else ''}".rstrip())
                lines.append("")
        elif kind == "num":
            lines += textwrap.wrap(plain(value[1]), 78, initial_indent=label(value[0]).ljust(5), subsequent_indent="     ") + [""]
        elif kind == "bullet":
            lines += textwrap.wrap(plain(value), 78, initial_indent="  -  ", subsequent_indent="     ") + [""]
        else:
            lines += textwrap.wrap(plain(value), 78) + [""]
    out, page = [], 1
    for start in range(0, len(lines), 54):
        out += lines[start:start + 54]
        out += ["", meta["foot"].split("\n")[0].ljust(74) + str(page), "\f"]
        page += 1
    return "\n".join(out[:-1]).replace("\f\n", "\f") + "\n"


def pasted_text(meta, blocks):
    """Write one paragraph a line, tables with tabs, as a browser puts it on the clipboard."""
    out = []
    for kind, value in blocks:
        if kind in ("toc", "page"):
            continue
        if kind in ("table", "headed", "judgements"):
            out.append("\n".join("\t".join(row) for row in value))
        elif kind == "num":
            out.append(f"{label(value[0])} {plain(value[1])}")
        elif kind == "bullet":
            out.append("• " + plain(value))
        else:
            out.append(plain(value))
    return "\n\n".join(out) + "\n"


def top(blocks):
    """Return by how much to lower headings, so that the first level under the title is 2 and no level is skipped."""
    return 2 - min((int(k[1]) for k, _ in blocks if k in ("h1", "h2", "h3")), default=1)


def html(meta, blocks):
    out, opened, notes, down = [], None, [], top(blocks)

    def inline(text):
        def note(m):
            notes.append(m[1])
            return f'<sup><a href="#note{len(notes)}" id="ref{len(notes)}">{len(notes)}</a></sup>'
        return re.sub(r"\^\[([^\]]*)\]", note, escape(text, False))

    for kind, value in blocks:
        want = {"bullet": "ul", "num": "ol"}.get(kind)
        if kind == "num" and isinstance(value[0], str):
            kind, want, value = "p", None, f"{value[0]} {value[1]}"
        if opened and want != opened:
            out.append(f"</{opened}>")
            opened = None
        if want and not opened:
            out.append(f'<ol start="{value[0]}">' if want == "ol" else "<ul>")
            opened = want
        if kind == "title":
            out.append(f"<h1>{inline(value)}</h1>")
        elif kind in ("h1", "h2", "h3"):
            out.append(f"<h{int(kind[1]) + down}>{inline(value)}</h{int(kind[1]) + down}>")
        elif kind == "num":
            out.append(f"<li>{inline(value[1])}</li>")
        elif kind == "bullet":
            out.append(f"<li>{inline(value)}</li>")
        elif kind in ("table", "headed", "judgements"):
            cells = lambda row, tag: "".join(f"<{tag}>{inline(c)}</{tag}>" for c in row)
            out.append("<table>\n" + "\n".join(f"<tr>{cells(r, 'th' if i == 0 and (kind == 'headed' or r[0] == 'Judgement') else 'td')}</tr>" for i, r in enumerate(value)) + "\n</table>")
        elif kind in ("bold", "cover"):
            out.append(f"<p><strong>{inline(value)}</strong></p>")
        elif kind not in ("toc", "page"):
            out.append(f"<p>{inline(value)}</p>")
    if opened:
        out.append(f"</{opened}>")
    if notes:
        out.append("<section>\n" + "\n".join(f'<p id="note{i + 1}"><sup>{i + 1}</sup> {escape(n, False)}</p>' for i, n in enumerate(notes)) + "\n</section>")
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(meta["title"])}</title>\n</head>\n<body>\n'
        f'<nav><a href="#main">Skip to the report</a> <a href="/">All reports</a></nav>\n<main id="main">\n' + "\n".join(out)
        + "\n</main>\n<footer><p>Cookies and privacy</p></footer>\n</body>\n</html>\n"
    )


def markdown(meta, blocks):
    out, notes, down = [], [], top(blocks)

    def inline(text):
        def note(m):
            notes.append(m[1])
            return f"[^{len(notes)}]"
        return re.sub(r"\^\[([^\]]*)\]", note, text)

    last = None
    for kind, value in blocks:
        if kind == "title":
            line = f"# {inline(value)}"
        elif kind in ("h1", "h2", "h3"):
            line = "#" * (int(kind[1]) + down) + " " + inline(value)
        elif kind == "num":
            line = f"{label(value[0])} {inline(value[1])}"
        elif kind == "bullet":
            line = f"- {inline(value)}"
        elif kind in ("table", "headed", "judgements"):
            rows = [f"| {' | '.join(inline(c) for c in r)} |" for r in value]
            rows.insert(1, "|" + " --- |" * len(value[0]))
            line = "\n".join(rows)
        elif kind in ("bold", "cover"):
            line = f"**{inline(value)}**"
        elif kind in ("toc", "page"):
            continue
        else:
            line = inline(value)
        out.append(("\n" if kind == last == "bullet" else "\n\n" if out else "") + line)
        last = kind
    out += [f"\n\n[^{i + 1}]: {n}" for i, n in enumerate(notes)]
    return "".join(out) + "\n"


PLAIN = {"txt-wrapped": (wrapped_text, "txt", "utf-8"), "txt-pasted": (pasted_text, "txt", "utf-8"),
         "txt-windows-1252": (pasted_text, "txt", "cp1252"), "txt-utf-16": (wrapped_text, "txt", "utf-16"),
         "html": (html, "html", "utf-8"), "md": (markdown, "md", "utf-8")}


def target_of(meta):
    form = meta["render"]
    ext = PLAIN[form][1] if form in PLAIN else form
    return CORPUS / meta["root"] / meta["folder"] / f'{meta["file"]}.{ext}'


def truth(metas):
    for root, name in (("reports", "truth.jsonl"), (OTHERS, f"truth-{OTHERS}.jsonl")):
        rows = []
        for meta in (m for m in metas if m["root"] == root):
            path = target_of(meta).relative_to(CORPUS / root)
            row = {"path": str(path), "title": meta["title"], **meta["truth"]}
            if root == "reports":
                row["grades"] = {area: row["grades"].get(area) for area in AREAS}
            rows.append(row)
        rows.sort(key=lambda r: r["path"])
        (CORPUS / name).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def main(args):
    metas = []
    for path in sorted([*HERE.glob("*.src"), *(HERE / OTHERS).glob("*.src")]):
        meta, blocks = load(path)
        metas.append(meta)
        names = [a for a in args if not a.startswith("-")]
        if "--truth" in args or (names and not any(n in path.name for n in names)):
            continue
        target = target_of(meta)
        if meta["render"] in PLAIN:
            how, _, encoding = PLAIN[meta["render"]]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(how(meta, blocks).encode(encoding))
        else:
            make_office(meta, blocks, target)
        print(target.relative_to(CORPUS), target.stat().st_size)
    truth(metas)


if __name__ == "__main__":
    main(sys.argv[1:])
