#!/usr/bin/env python3
"""Make the articles of `corpus/inputs`, each in a format in which editors get them.

    python3 corpus/sources/inputs.py

Needs Python 3.11 and nothing else. The same bytes come out each time.
"""
import quopri
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "inputs"
# A sentence of the re-inspection of Harrowmere as it stands, one altered, and one that no report has.
EXACT = "Leaders know these things."
EXACT_LONG = "The pace of change has been uneven."
ALTERED = "The authority has made the difference for care leavers that it has made for younger children."
SPOKEN = "We know where six of them are this morning."


def encoded(text):
    return quopri.encodestring(text.encode()).decode()


def mail():
    plain = f"""Hi desk,

The re-inspection of Harrowmere, published on 12 March 2018, says “{EXACT_LONG}” and, of care leavers, “{ALTERED}” Can we run “utterly broken”, as Ofsted is said to have put it?

> On Monday Ada wrote:
> The report said: “Their self-assessment is honest and almost every weakness
> described in this report was described there first.”

Jo
"""
    html = "".join(f"<p>{line}</p>" for line in plain.split("\n\n")[:2]) + (
        '<blockquote type="cite"><p>On Monday Ada wrote:</p><p>The report said: “Their self-assessment is honest and '
        "almost every weakness described in this report was described there first.”</p></blockquote><p>Jo</p>"
    )
    return "\n".join([
        "From: Jo Marsh <jo@example.org>",
        "To: desk@example.org",
        "Subject: =?utf-8?Q?Harrowmere=3A_=E2=80=98uneven=E2=80=99?=",
        "Date: Tue, 13 Mar 2018 10:00:00 +0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="outer"',
        "",
        "--outer",
        'Content-Type: multipart/alternative; boundary="inner"',
        "",
        "--inner",
        'Content-Type: text/plain; charset="utf-8"; format=flowed',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        encoded(plain),
        "--inner",
        'Content-Type: text/html; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        encoded(html),
        "--inner--",
        "--outer",
        "Content-Type: application/pdf",
        'Content-Disposition: attachment; filename="harrowmere 2018.pdf"',
        "Content-Transfer-Encoding: base64",
        "",
        "JVBERi0xLjQK",
        "--outer--",
        "",
    ]).encode()


PAGE = f"""<html><head><title>Harrowmere: uneven | The Mercury</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Harrowmere’s care leavers still wait for a plan</h1><p class="byline">By Jo Marsh</p>
<time datetime="2018-03-13">13 March 2018</time>
<p>The report on Harrowmere said: “{EXACT_LONG}”</p>
<blockquote><p>{ALTERED}</p><cite>Ofsted</cite></blockquote>
<p>Philippa Tansley-Moore, the director, said: “{SPOKEN}”</p></article>
<footer><p>© The Mercury. “All the news.”</p></footer></body></html>"""


def web_archive():
    return "\r\n".join([
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://example.org/harrowmere",
        "Subject: Harrowmere",
        "Date: Wed, 14 Mar 2018 09:00:00 +0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----part"',
        "",
        "------part",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://example.org/harrowmere",
        "",
        encoded(PAGE),
        "------part",
        "Content-Type: text/css",
        "Content-Location: https://example.org/style.css",
        "",
        'p::before { content: "“quoted”" }',
        "------part--",
        "",
    ]).encode()


def archive(parts):
    """The bytes of a ZIP archive. Its first part is the type, stored, as both formats ask for."""
    path = FOLDER / "archive.tmp"
    with zipfile.ZipFile(path, "w") as file:
        for index, (name, text) in enumerate(parts):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if index == 0 else zipfile.ZIP_DEFLATED
            file.writestr(entry, text)
    made = path.read_bytes()
    path.unlink()
    return made


def open_document():
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "style", "text", "table")
    )
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.3">
<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style></office:automatic-styles>
<office:body><office:text><text:h text:outline-level="1">Harrowmere: a second look</text:h>
<text:p>The report of 12 March 2018 says: “{EXACT_LONG}”<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Page 2.</text:p></text:note-body></text:note></text:p>
<text:list text:style-name="L1"><text:list-item><text:p>It adds: “{EXACT}”</text:p></text:list-item><text:list-item><text:p>And then: “{ALTERED}”</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""
    return archive([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])


def rich_text():
    def escaped(text):
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times New Roman;}}{\\stylesheet{\\s1 heading 1;}}\n"
        "{\\info{\\title Harrowmere}}{\\header The Mercury\\par}\n"
        "{\\pard\\s1 Harrowmere: a second look\\par}\n"
        + "\\pard " + escaped(f"The report of 12 March 2018 says: “{EXACT_LONG}”") + "\\par\n"
        + "{\\pntext 1.\\tab}It adds: \\ldblquote " + EXACT + "\\rdblquote\\par\n"
        + "{\\pntext 2.\\tab}And then: \\'93" + ALTERED + "\\'94\\par\n}\n"
    ).encode("ascii")


def e_book():
    chapter = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
        "<body><h1>{title}</h1>{body}</body></html>"
    )
    package = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harrowmere: a second look</dc:title><dc:creator>Jo Marsh</dc:creator><dc:date>2018-03-20</dc:date></metadata>
<manifest><item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/><item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""
    return archive([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'),
        ("book.opf", package),
        ("text/one.xhtml", chapter.format(title="What the report says", body=f"<p>The report says: “{EXACT_LONG}” It adds: “{EXACT}”</p>")),
        ("text/two.xhtml", chapter.format(title="What was made of it", body=f"<blockquote><p>{ALTERED}</p><p>— Ofsted</p></blockquote>")),
    ])


CLIPBOARD = f"""Harrowmere: a second look

The report of 12 March 2018 on Harrowmere says
that the “pace of change has
been
uneven”. It goes on: “The authority has
made the difference for care leavers that it has made
for younger children.”
“{SPOKEN}” said Philippa Tansley-Moore,
the director.

https://example.org/a/very/long/address/{'which-no-program-wraps-' * 8}
"""

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, made in {
        "mail.eml": mail(),
        "page.mhtml": web_archive(),
        "page.html": PAGE.encode(),
        "letter.odt": open_document(),
        "note.rtf": rich_text(),
        "book.epub": e_book(),
        "clipboard.txt": CLIPBOARD.encode(),
    }.items():
        (FOLDER / name).write_bytes(made)
